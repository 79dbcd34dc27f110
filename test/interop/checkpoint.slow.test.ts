import { expect, test } from 'vitest';
import { encodeCheckpoint } from '#inkling/interop/checkpoint.js';
import { decodeCheckpoint } from '#inkling/interop/decodeCheckpoint.js';
import { bitFlips, truncations, undetectedDamage } from '../helpers/damage.js';
import { tiny } from './savedModels.js';

const file = Uint8Array.from(encodeCheckpoint(tiny));
const read = (bytes: Uint8Array) => decodeCheckpoint(bytes, 'x');

test('detects every flipped bit', async () => {
  expect(await undetectedDamage(file, bitFlips(file), read)).toEqual([]);
});

test('detects every truncation', async () => {
  expect(await undetectedDamage(file, truncations(file), read)).toEqual([]);
});
