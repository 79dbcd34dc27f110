import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { gunzip } from '#inkling/data/files/gunzip.js';

const content = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) >> 3);
const packed = Uint8Array.from(gzipSync(content));

test('unpacks into a buffer of the right size, up to the limit', () => {
  const unpacked = gunzip(packed, content.length);
  expect(Buffer.compare(unpacked, content)).toBe(0);
  expect(unpacked.buffer.byteLength).toBe(content.length + 1);
});

test('unpacks several members, although the stored size is only that of the last one', () => {
  const members = Uint8Array.from([...packed, ...gzipSync(Uint8Array.from([1, 2, 3]))]);
  expect(Buffer.compare(gunzip(members, 200_003), Uint8Array.from([...content, 1, 2, 3]))).toBe(0);
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
])('rejects %s', (_, bytes, message) => {
  expect(() => gunzip(bytes, content.length)).toThrow(new InklingError(message));
});

test('rejects data that unpacks to more than the limit, regardless of the stored size', () => {
  const bomb = Uint8Array.from(gzipSync(new Uint8Array(10_000_000)));
  const message = 'the gzip data unpacks to more than 100,000 bytes';
  expect(() => gunzip(bomb, 100_000)).toThrow(new InklingError(message));
  expect(() => gunzip(bomb.fill(1, -4), 100_000)).toThrow(new InklingError(message));
});
