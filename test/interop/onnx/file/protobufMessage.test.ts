import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { ProtobufMessage } from '#inkling/interop/onnx/file/protobufMessage.js';
import { bytesOf, field, varint } from './onnxFiles.js';

const parse = (...parts: readonly ArrayLike<number>[]) => new ProtobufMessage(bytesOf(...parts), 'a test');

test('reads the examples of the specification', () => {
  expect(parse([0x08, 0x96, 0x01]).integer(1)).toBe(150);
  expect(parse([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]).text(2)).toBe('testing');
  expect(parse([0x1a, 0x03, 0x08, 0x96, 0x01]).message(3, 'inner')?.integer(1)).toBe(150);
  // Packed: 3, 270, 86942.
  expect(parse([0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05]).integers(6)).toEqual([3, 270, 86_942]);
});

test.each([0, 1, -1, 127, 128, -128, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, -(2 ** 53 - 1)])(
  'reads %i',
  (value) => {
    expect(parse(field.integer(4, value)).integer(4)).toBe(value);
  },
);

test('reads repeated, packed, and missing values', () => {
  const message = parse(field.integer(1, 5), field.bytes(1, varint(6), varint(-7)), field.float(2, 1.5));
  expect(message.integers(1)).toEqual([5, 6, -7]);
  expect([...message.floats(2)]).toEqual([1.5]);
  expect([message.integer(3), message.float(3), message.text(3), message.has(3)]).toEqual([
    undefined,
    undefined,
    '',
    false,
  ]);
});

test.each<
  [problem: string, got: string, bytes: readonly number[], read?: (message: ProtobufMessage) => unknown]
>([
  ['a length past the end', 'a field of 5 bytes that ends after it', [0x0a, 5, 1]],
  ['a length of 2^63', 'a field of -', [0x0a, ...varint(-(2 ** 62)), 1]],
  ['a cut integer', 'an integer that ends after it', [0x08, 0x80]],
  ['an endless integer', 'an integer of more than 64 bits', [0x08, ...Array<number>(11).fill(0x80)]],
  ['a cut float', 'a field of 4 bytes that ends after it', [0x0d, 1, 2]],
  ['the field 0', 'a field with the number 0', [0x00, 1]],
  ['a group', 'a field of the unknown type 3', [0x0b]],
  ['an integer for bytes', 'an integer in field 1', [0x08, 1], (message) => message.text(1)],
  [
    'bytes that end within an integer',
    'bytes that end within an integer',
    [0x0a, 1, 0x80, 0x08, 1],
    (message) => message.integers(1),
  ],
  ['cut packed floats', '3 bytes of numbers of 4 bytes', [0x0a, 3, 1, 2, 3], (message) => message.floats(1)],
  ['other text', 'text that is not UTF-8', [0x0a, 1, 0xff], (message) => message.text(1)],
])('rejects %s', (_, got, bytes, read) => {
  const attempt = () => read?.(parse(bytes)) ?? parse(bytes);
  expect(attempt).toThrow(InklingError);
  expect(attempt).toThrow(`expected a test, got ${got}`);
  expect(attempt).toThrow('; the file is damaged or not an ONNX model: get a complete copy');
});
