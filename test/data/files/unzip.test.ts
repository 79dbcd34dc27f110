import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { ratioLimit, UnpackLimitError } from '#inkling/data/files/unpackLimit.js';
import { unzip } from '#inkling/data/files/unzip.js';
import { bitFlips, truncations, undetectedDamage } from '../../helpers/damage.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const contents = {
  'a.npy': bytesOf('abc '.repeat(20)),
  'größe.npy': bytesOf('stored'),
  'c.txt': bytesOf(''),
};
const archive = Uint8Array.from(
  zipSync({ ...contents, 'größe.npy': [contents['größe.npy'], { level: 0 }] }, { mtime: '2026-01-01' }),
);
const read = (bytes: Uint8Array) =>
  Object.fromEntries(
    [...unzip(bytes, () => true, ratioLimit(1000))].map(([name, file]) => [
      name,
      Buffer.from(file).toString(),
    ]),
  );

test('unpacks the selected files', () => {
  expect(read(archive)).toEqual({ 'a.npy': 'abc '.repeat(20), 'größe.npy': 'stored', 'c.txt': '' });
  const arrays = unzip(archive, (name) => name.endsWith('.npy'), ratioLimit(1000));
  expect([...arrays.keys()]).toEqual(['a.npy', 'größe.npy']);
});

test('detects every flipped bit and every truncation', async () => {
  expect(await undetectedDamage(archive, bitFlips(archive), read)).toEqual([]);
  expect(await undetectedDamage(archive, truncations(archive), read)).toEqual([]);
});

describe('rejects', () => {
  const changed = (signature: string, offset: number, ...values: number[]) => {
    const bytes = archive.slice();
    bytes.set(values, Buffer.from(bytes).indexOf(signature) + offset);
    return bytes;
  };

  test.each<[string, Uint8Array, string]>([
    ['something else', bytesOf('hello'), 'it is truncated, or no zip archive'],
    ['data after the end', Uint8Array.from([...archive, 1]), 'it is truncated, or no zip archive'],
    [
      'data before the start',
      Uint8Array.from([1, ...archive]),
      'its directory is damaged, or it has 4 GB or more',
    ],
    ['more entries than there are', changed('PK\x05\x06', 10, 9), 'its directory is damaged'],
    ['an encrypted file', changed('PK\x01\x02', 8, 1), 'a.npy is encrypted'],
    [
      'another compression',
      changed('PK\x01\x02', 10, 12),
      'a.npy is packed with method 12, expected deflate',
    ],
    ['a wrong checksum', changed('PK\x01\x02', 16, 0, 0, 0, 0), 'a.npy is damaged: its checksum is wrong'],
    [
      'a size that is too small',
      changed('PK\x01\x02', 24, 79),
      'a.npy is damaged: Cannot create a Buffer larger than 79 bytes',
    ],
    ['a size that is too large', changed('PK\x01\x02', 24, 81), 'a.npy is damaged: its checksum is wrong'],
    ['content beyond the directory', changed('PK\x01\x02', 23, 1), 'its directory is damaged'],
    ['overlapping files', changed('PK\x01\x02', 20, 60), 'its directory is damaged'],
  ])('%s', (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(new InklingError(message));
  });

  test('files that state more bytes in total than the limit, without unpacking them', () => {
    expect(() => read(changed('PK\x01\x02', 24, 0, 0, 0, 0x10))).toThrow(UnpackLimitError);
    expect(() => read(changed('PK\x01\x02', 24, 0, 0, 0, 0x10))).toThrow(
      'the zip archive unpacks to more than 67,108,864 bytes, 200 times its size; if it is the right file',
    );
  });
});
