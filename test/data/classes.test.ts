import { expect, test } from 'vitest';
import { concatenateLabels, pickLabels, toLabels } from '#inkling/data/classes.js';

test('labels of at most 256 classes are bytes', () => {
  expect(toLabels([0, 255], 256)).toEqual(Uint8Array.of(0, 255));
});

test('labels of more than 256 classes keep their values', () => {
  expect(toLabels([0, 256, 999], 1000)).toEqual(Uint16Array.of(0, 256, 999));
});

test('picked labels are in the order of their indices', () => {
  expect(pickLabels(Uint8Array.of(5, 6, 7), Uint32Array.of(2, 0))).toEqual(Uint8Array.of(7, 5));
  expect(pickLabels(Uint16Array.of(500, 600, 700), Uint32Array.of(2, 0))).toEqual(Uint16Array.of(700, 500));
});

test('labels of several sets keep their type', () => {
  expect(concatenateLabels([Uint8Array.of(1), Uint8Array.of(2, 3)])).toEqual(Uint8Array.of(1, 2, 3));
  expect(concatenateLabels([Uint16Array.of(300), Uint16Array.of(2)])).toEqual(Uint16Array.of(300, 2));
  expect(concatenateLabels([])).toEqual(new Uint8Array());
});
