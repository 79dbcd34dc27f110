import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { listTarBytes } from '#inkling/data/files/tarReaders.js';
import { bitFlips, truncations, undetectedDamage } from '../../helpers/damage.js';
import { smallTar } from './makeTar.js';

const list = (archive: Uint8Array) => listTarBytes(archive, 'a.tar');

test('detects every truncation', async () => {
  // Without the second block of the end marker, or the rest of the first, nothing is missing.
  const needed = smallTar.length - 512;
  const cuts = [...truncations(smallTar)];
  expect(await undetectedDamage(smallTar, cuts, list)).toEqual([]);
  for (const { bytes } of cuts.filter(({ bytes }) => bytes.length < needed))
    expect(() => list(bytes)).toThrow(InklingError);
});

test('detects every flipped bit of a header and of the end', async () => {
  // Of the 10 blocks, these are headers and the end; the format has no checksum for contents.
  const blocks = [0, 1, 3, 5, 8, 9];
  const flips = bitFlips(smallTar, (at) => blocks.includes(Math.floor(at / 512)));
  expect(smallTar).toHaveLength(10 * 512);
  expect(await undetectedDamage(smallTar, flips, list)).toEqual([]);
});
