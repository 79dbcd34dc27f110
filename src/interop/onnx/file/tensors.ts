import { InklingError } from '../../../core/errors.js';
import { type Shape, sizeOf } from '../../../core/shape.js';
import { bytesPerValue, decodeTensor, type Dtype } from '../../dtypes.js';
import type { ProtobufMessage } from './protobufMessage.js';

/** A tensor whose values are known without the image: weights, and the numbers that shapes are computed from. */
export interface Constant {
  readonly shape: Shape;
  /** Integers and booleans are a `Float64Array`. */
  readonly values: Float32Array | Float64Array;
}

/** Fields of TensorProto. */
const DIMS = 1;
const DATA_TYPE = 2;
const FLOAT_DATA = 4;
const INT32_DATA = 5;
const INT64_DATA = 7;
const RAW_DATA = 9;
const DOUBLE_DATA = 10;
const EXTERNAL_DATA = 13;
const DATA_LOCATION = 14;

/** Names of TensorProto.DataType, by their numbers. */
const DATA_TYPES: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
};

const FLOAT_TYPES: readonly string[] = ['float32', 'float16', 'bfloat16', 'float64'];

/** The name of a type of values, and whether it is one of floating-point numbers. */
export function dataTypeOf(number: number): { readonly name: string; readonly isFloat: boolean } {
  const name = DATA_TYPES[number] ?? `type ${number}`;
  return { name, isFloat: FLOAT_TYPES.includes(name) };
}

/**
 * Decodes a TensorProto. Its memory is at most eight times that of the message.
 *
 * @throws {InklingError} when its values are in another file, of another type, or not as many as its shape has
 */
export function decodeOnnxTensor(message: ProtobufMessage, what: string): Constant {
  if (message.has(EXTERNAL_DATA) || (message.integer(DATA_LOCATION) ?? 0) !== 0) {
    throw new InklingError(
      `${what}: expected its values in the file, got a reference to another file; save the model in one file: ` +
        'onnx.save(onnx.load("model.onnx"), "one-file.onnx"), or torch.onnx.export(…, external_data=False)',
    );
  }
  const shape = message.integers(DIMS);
  if (
    shape.some((size) => size < 0) ||
    !Number.isSafeInteger(sizeOf(shape.map((size) => Math.max(size, 1))))
  ) {
    throw new InklingError(
      `${what}: expected a shape, got [${shape.join(', ')}]; get a clean copy of the file`,
    );
  }
  const type = dataTypeOf(message.integer(DATA_TYPE) ?? 0);
  const values = message.has(RAW_DATA)
    ? rawValues(message, type.name, what)
    : listedValues(message, type.name, what);
  if (values.length !== sizeOf(shape)) {
    throw new InklingError(
      `${what}: expected ${sizeOf(shape)} values for the shape [${shape.join(', ')}], got ${values.length}; ` +
        'get a complete copy of the file',
    );
  }
  return { shape, values };
}

const RAW_TYPES: Readonly<Record<string, Dtype>> = {
  float32: 'F32',
  float64: 'F64',
  float16: 'F16',
  bfloat16: 'BF16',
  int64: 'I64',
};

function rawValues(message: ProtobufMessage, type: string, what: string): Constant['values'] {
  const bytes = message.bytes(RAW_DATA) ?? new Uint8Array(0);
  // Not slice(), which shares memory where the bytes are a Buffer of Node.js.
  const data = new Uint8Array(bytes).buffer;
  if (type === 'bool') return Float64Array.from(bytes);
  const size =
    type === 'int32' ? 4 : Object.hasOwn(RAW_TYPES, type) ? bytesPerValue[RAW_TYPES[type]] : undefined;
  if (size === undefined) throw unsupportedType(type, what);
  if (bytes.length % size !== 0) {
    throw new InklingError(
      `${what}: expected values of ${size} bytes, got ${bytes.length} bytes; get a clean copy`,
    );
  }
  if (type === 'int32') return Float64Array.from(new Int32Array(data));
  return decodedValues(RAW_TYPES[type], data);
}

function decodedValues(dtype: Dtype, data: ArrayBuffer): Constant['values'] {
  const { values } = decodeTensor(dtype, [data.byteLength / bytesPerValue[dtype]], data);
  return values instanceof Float32Array ? values : Float64Array.from(values, Number);
}

/** Values that are fields of their own; those of 16 bits are integers with the same bits. */
function listedValues(message: ProtobufMessage, type: string, what: string): Constant['values'] {
  switch (type) {
    case 'float32':
      return message.floats(FLOAT_DATA);
    case 'float64':
      return new Float32Array(message.doubles(DOUBLE_DATA));
    case 'float16':
    case 'bfloat16':
      return decodedValues(RAW_TYPES[type], Uint16Array.from(message.integers(INT32_DATA)).buffer);
    case 'int64':
      return Float64Array.from(message.integers(INT64_DATA));
    case 'int32':
    case 'bool':
      return Float64Array.from(message.integers(INT32_DATA));
    default:
      throw unsupportedType(type, what);
  }
}

function unsupportedType(type: string, what: string): InklingError {
  const isQuantized = ['int8', 'uint8', 'int16', 'uint16'].includes(type);
  return new InklingError(
    `${what}: expected float32, float64, float16, bfloat16, int64, int32, or bool, got ${type}; ` +
      (isQuantized ? 'import the model from before it was quantized' : 'convert it to float32'),
  );
}
