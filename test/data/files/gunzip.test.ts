import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { gunzip, gunzipFile, type GunzipOptions } from '#inkling/data/files/gunzip.js';
import { ratioLimit, UnpackLimitError } from '#inkling/data/files/unpackLimit.js';
import { bitFlips, truncations, undetectedDamage } from '../../helpers/damage.js';

const content = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) >> 3);
const limitOf = (bytes: number) => ({ bytes, advice: '; use a smaller one' });
const packed = Uint8Array.from(gzipSync(content));

test('unpacks into a buffer of the right size, up to the limit', () => {
  const unpacked = gunzip(packed, limitOf(content.length));
  expect(Buffer.compare(unpacked, content)).toBe(0);
  expect(unpacked.buffer.byteLength).toBe(content.length + 1);
});

test('unpacks several members, although the stored size is only that of the last one', () => {
  const members = Uint8Array.from([...packed, ...gzipSync(Uint8Array.from([1, 2, 3]))]);
  expect(Buffer.compare(gunzip(members, limitOf(200_003)), Uint8Array.from([...content, 1, 2, 3]))).toBe(0);
});

test.each([
  ['data cut in half', packed.subarray(0, packed.length >> 1), 'the gzip data is truncated'],
  ['data without its last byte', packed.subarray(0, -1), 'the gzip data is truncated'],
  ['a lone signature', packed.subarray(0, 2), 'the gzip data is truncated'],
  [
    'a wrong checksum',
    Uint8Array.from(packed).fill(0, -8, -4),
    'the gzip data is corrupt (incorrect data check)',
  ],
  [
    'damaged data',
    Uint8Array.from(packed).fill(0xff, 10, 40),
    'the gzip data is corrupt (invalid block type)',
  ],
  [
    'data that was overwritten with zeros',
    Uint8Array.from([...gzipSync(new Uint8Array()), ...new Uint8Array(40)]),
    'the gzip data is empty',
  ],
  [
    'other data after it',
    Uint8Array.from([...packed, 7, 7, 7]),
    'the gzip data is corrupt (incorrect header check)',
  ],
  [
    'other data after padding',
    Uint8Array.from([...packed, 0, 0, 7]),
    'the gzip data is followed by other data',
  ],
])('rejects %s', (_, bytes, message) => {
  expect(() => gunzip(bytes, limitOf(content.length))).toThrow(new InklingError(message));
});

test('rejects data that unpacks to more than the limit, regardless of the stored size', () => {
  const bomb = Uint8Array.from(gzipSync(new Uint8Array(10_000_000)));
  const message = 'the gzip data unpacks to more than 100,000 bytes; use a smaller one';
  for (const packed of [bomb, Uint8Array.from(bomb).fill(1, -4)]) {
    expect(() => gunzip(packed, limitOf(100_000))).toThrow(message);
    expect(() => gunzip(packed, limitOf(100_000))).toThrow(UnpackLimitError);
  }
});

test('reads padding with zeros, and detects every other truncation and flipped bit', async () => {
  const small = Uint8Array.from(gzipSync('some digits: 0123456789'));
  const read = (bytes: Uint8Array) => Buffer.from(gunzip(bytes, limitOf(1000))).toString();
  expect(read(Uint8Array.from([...small, 0, 0]))).toBe('some digits: 0123456789');
  expect(await undetectedDamage(small, truncations(small), read)).toEqual([]);
  expect(await undetectedDamage(small, bitFlips(small), read)).toEqual([]);
});

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-gunzip-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const unpack = async (stored: Uint8Array, options: Partial<GunzipOptions> = {}) => {
    const [path, target] = [join(folder, 'x.gz'), join(folder, `${Math.random()}`)];
    writeFileSync(path, stored);
    const seen: Uint8Array[] = [];
    await gunzipFile(path, target, {
      limit: limitOf(300_000),
      inspect: (chunk) => seen.push(Uint8Array.from(chunk)),
      ...options,
    });
    expect(Buffer.concat(seen).equals(readFileSync(target))).toBe(true);
    return readFileSync(target);
  };
  const who = join(folder, 'x.gz');

  test('is unpacked, with several members and padding', async () => {
    expect((await unpack(packed)).equals(content)).toBe(true);
    const two = Uint8Array.from([...packed, ...gzipSync('more'), ...new Uint8Array(100_000)]);
    expect(await unpack(two)).toHaveLength(content.length + 4);
  });

  test.each([
    ['truncated', packed.subarray(0, -1), 'the gzip data is truncated'],
    [
      'followed by other data',
      Uint8Array.from([...packed, ...new Uint8Array(70_000), 7]),
      'the gzip data is followed by other data',
    ],
    [
      'followed by endless zeros',
      Uint8Array.from([...packed, ...new Uint8Array(1_100_000)]),
      'the gzip data is followed by other data',
    ],
  ])('%s is rejected', async (_, stored, message) => {
    await expect(unpack(stored)).rejects.toThrow(new InklingError(`${who}: ${message}`));
  });

  test('is rejected when it unpacks to more than the limit, or when its content is', async () => {
    await expect(unpack(packed, { limit: limitOf(100) })).rejects.toThrow(
      new InklingError(`${who}: the gzip data unpacks to more than 100 bytes; use a smaller one`),
    );
    const inspect = () => {
      throw new InklingError('no tar archive');
    };
    await expect(unpack(packed, { inspect })).rejects.toThrow(new InklingError('no tar archive'));
  });

  test('is not unpacked further when the signal aborts', async () => {
    await expect(unpack(packed, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow(
      'stopped',
    );
  });
});

test('limits the ratio of sizes, but not for small results', () => {
  expect(ratioLimit(1000).bytes).toBe(2 ** 26);
  expect(ratioLimit(1_000_000)).toEqual({
    bytes: 200_000_000,
    advice: ', 200 times its size; if it is the right file, unpack it yourself and use the result',
  });
  expect(ratioLimit(1_000_000, 1000).bytes).toBe(1000);
});
