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

/** The archive with records for larger archives, as Python writes them on request and PyTorch always. */
function withZip64(change: (records: Buffer) => void = () => undefined): Uint8Array<ArrayBuffer> {
  const end = archive.length - 22;
  const view = new DataView(archive.buffer);
  const records = Buffer.alloc(76);
  records.write('PK\x06\x06');
  records.writeUInt32LE(44, 4);
  const fields = [
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  ];
  fields.forEach((value, index) => records.writeUInt32LE(value, 32 + 8 * index));
  records.write('PK\x06\x07', 56);
  records.writeUInt32LE(end, 64);
  change(records);
  return Uint8Array.from([...archive.subarray(0, end), ...records, ...archive.subarray(end)]);
}

test('reads archives with records for larger archives, which must state the same', () => {
  expect(read(withZip64())).toEqual(read(archive));
  for (const position of [0, 32, 40, 48, 64]) {
    const changed = withZip64((records) => records.writeUInt8(records[position] + 1, position));
    expect(() => read(changed)).toThrow(new InklingError('its directory is damaged'));
  }
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
