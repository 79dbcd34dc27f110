import { expect, test } from 'vitest';
import { ProtobufMessage } from '#inkling/interop/onnx/file/protobufMessage.js';
import { decodeOnnxTensor } from '#inkling/interop/onnx/file/tensors.js';
import { field, tensor, TYPES, varint } from './onnxFiles.js';

const decode = (bytes: Uint8Array) => decodeOnnxTensor(new ProtobufMessage(bytes, 'a tensor'), 'tensor "w"');
const raw = (values: ArrayBufferView<ArrayBuffer>) => field.bytes(9, new Uint8Array(values.buffer));

// 1.5 and -2 in each type: float16 has 0x3e00 and 0xc000, bfloat16 0x3fc0 and 0xc000.
test.each<[type: keyof typeof TYPES, how: string, data: Uint8Array]>([
  ['float32', 'raw', raw(Float32Array.of(1.5, -2))],
  ['float32', 'listed', field.bytes(4, new Uint8Array(Float32Array.of(1.5, -2).buffer))],
  ['float64', 'raw', raw(Float64Array.of(1.5, -2))],
  ['float64', 'listed', field.bytes(10, new Uint8Array(Float64Array.of(1.5, -2).buffer))],
  ['float16', 'raw', raw(Uint16Array.of(0x3e00, 0xc000))],
  ['float16', 'listed', field.bytes(5, varint(0x3e00), varint(0xc000))],
  ['bfloat16', 'raw', raw(Uint16Array.of(0x3fc0, 0xc000))],
  ['bfloat16', 'listed', field.bytes(5, varint(0x3fc0), varint(0xc000))],
])('reads %s, %s, as float32', (type, _, data) => {
  expect(decode(tensor('w', [2, 1], TYPES[type], data))).toEqual({
    shape: [2, 1],
    values: Float32Array.of(1.5, -2),
  });
});

test.each<[type: keyof typeof TYPES, how: string, data: Uint8Array]>([
  ['int64', 'raw', raw(BigInt64Array.of(1n, -1n))],
  ['int64', 'listed', field.bytes(7, varint(1), varint(-1))],
  ['int32', 'raw', raw(Int32Array.of(1, -1))],
  ['int32', 'listed', field.bytes(5, varint(1), varint(-1))],
])('reads %s, %s, as integers', (type, _, data) => {
  expect(decode(tensor('w', [2], TYPES[type], data)).values).toEqual(Float64Array.of(1, -1));
});

test('reads a number without a shape', () => {
  expect(decode(tensor('w', [], TYPES.bool, field.bytes(9, [1])))).toEqual({
    shape: [],
    values: Float64Array.of(1),
  });
});

test.each<[problem: string, bytes: Uint8Array, message: string]>([
  [
    'values in another file',
    tensor('w', [2], TYPES.float32, field.bytes(13, field.text(1, 'location'), field.text(2, 'w.bin'))),
    'expected its values in the file, got a reference to another file; save the model in one file: onnx.save(',
  ],
  [
    'too few values',
    tensor('w', [2, 2], TYPES.float32, raw(Float32Array.of(1))),
    'expected 4 values for the shape [2, 2], got 1; get a complete copy of the file',
  ],
  ['no values', tensor('w', [3], TYPES.int64), 'expected 3 values for the shape [3], got 0'],
  [
    'a cut value',
    tensor('w', [1], TYPES.float64, field.bytes(9, [1, 2, 3])),
    'expected values of 8 bytes, got 3 bytes',
  ],
  ['a negative size', tensor('w', [-1], TYPES.float32), 'expected a shape, got [-1]'],
  ['an immense size', tensor('w', [2 ** 40, 2 ** 40], TYPES.float32), 'expected a shape, got ['],
  [
    'quantized values',
    tensor('w', [1], TYPES.uint8, field.bytes(9, [1])),
    'expected float32, float64, float16, bfloat16, int64, int32, or bool, got uint8; import the model from before it was quantized',
  ],
  [
    'text',
    tensor('w', [1], 8, field.text(6, 'x')),
    'expected float32, float64, float16, bfloat16, int64, int32, or bool, got string; convert it to float32',
  ],
])('rejects %s', (_, bytes, message) => {
  expect(() => decode(bytes)).toThrow(`tensor "w": ${message}`);
});
