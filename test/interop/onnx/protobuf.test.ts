import { expect, test } from 'vitest';
import { bytesField, floatField, integerField, message, textField } from '#inkling/interop/onnx/protobuf.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('writes the examples of the specification', () => {
  expect(hex(integerField(1, 150))).toBe('089601');
  expect(hex(textField(2, 'testing'))).toBe('120774657374696e67');
  expect(hex(bytesField(3, message(integerField(1, 150))))).toBe('1a03089601');
});

test.each([
  [0, '00'],
  [127, '7f'],
  [128, '8001'],
  [16_384, '808001'],
  // Past 32 bits.
  [2 ** 53 - 1, 'ffffffffffffff0f'],
])('writes the number %i', (value, bytes) => {
  expect(hex(integerField(1, value))).toBe(`08${bytes}`);
});

test('writes floats, long fields and non-ASCII text', () => {
  expect(hex(floatField(2, 1.5))).toBe('150000c03f');
  expect(hex(textField(16, 'ö'))).toBe('820102c3b6');
  expect(hex(bytesField(1, new Uint8Array(200))).slice(0, 8)).toBe('0ac80100');
});
