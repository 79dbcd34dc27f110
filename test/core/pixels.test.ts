import { expect, test } from 'vitest';
import { toBytes, toUnitFloats } from '#inkling/core/pixels.js';

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test('bytes become float32 values from 0 to 1, divided by 255 and rounded once', () => {
  expect([...toUnitFloats(everyByte)]).toEqual([...everyByte].map((byte) => Math.fround(byte / 255)));
});

test('every byte survives the way to floats and back', () => {
  expect(toBytes(toUnitFloats(everyByte))).toEqual(everyByte);
});

test('values outside 0 to 1 are clamped', () => {
  expect([...toBytes([-0.5, 1.5])]).toEqual([0, 255]);
});
