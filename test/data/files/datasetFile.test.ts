import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { readDatasetFiles, readDatasetFile } from '#inkling/data/files/datasetFile.js';
import { sha256, temporaryFolder, tinyEntry, tinyFiles, writeFiles } from '../tinySet.js';

const [expected] = tinyEntry().files;
const content = tinyFiles[expected.name];

function stored(bytes: Uint8Array | string): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, bytes);
  return path;
}

describe('readDatasetFile', () => {
  test.each([
    ['raw', content],
    ['packed', gzipSync(content)],
  ])('reads and verifies a %s file', (_, bytes) => {
    const path = stored(bytes);
    const file = readDatasetFile(expected, path);
    expect({ ...file, bytes: [...file.bytes] }).toEqual({
      name: expected.name,
      origin: path,
      bytes: [...content],
      sha256: sha256(content),
      unverified: undefined,
    });
  });

  test('reads a file without a known hash, unverified, and returns its hash', () => {
    const file = readDatasetFile({ name: 'x', bytes: 5 }, stored('hello'));
    // From `printf hello | sha256sum`.
    expect(file.sha256).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
  });

  test('rejects a wrong hash, raw or packed, and says what to do', () => {
    const wrong = Uint8Array.from(content).fill(1, -1);
    for (const bytes of [wrong, gzipSync(wrong)]) {
      const path = stored(bytes);
      expect(() => readDatasetFile(expected, path)).toThrow(
        new InklingError(
          `${path}: the SHA-256 of its unpacked bytes is ${sha256(wrong)}, expected ${sha256(content)}; delete it and download it again`,
        ),
      );
    }
  });

  test.each([8, 63])('verifies a file with the first %i digits of its hash', (digits) => {
    const known = { ...expected, sha256: sha256(content).slice(0, digits) };
    expect(readDatasetFile(known, stored(gzipSync(content)))).toMatchObject({
      sha256: sha256(content),
      unverified: undefined,
    });
    const wrong = Uint8Array.from(content).fill(1, -1);
    const path = stored(wrong);
    expect(() => readDatasetFile(known, path)).toThrow(
      new InklingError(
        `${path}: the SHA-256 of its unpacked bytes is ${sha256(wrong)}, ` +
          `expected one that begins with ${known.sha256}; delete it and download it again`,
      ),
    );
  });

  test.each([0, 7])('accepts no file by only %i digits', (digits) => {
    const known = { ...expected, sha256: sha256(content).slice(0, digits) };
    expect(() => readDatasetFile(known, stored(content))).toThrow('expected one that begins with');
  });

  test('recognizes a web page', () => {
    const path = stored('<html>404</html>');
    expect(() => readDatasetFile(expected, path)).toThrow(
      `${path}: it is a web page, the SHA-256 of its unpacked bytes is`,
    );
  });

  test('rejects gzip data that is truncated or unpacks to too many bytes', () => {
    const cut = stored(gzipSync(content).subarray(0, 25));
    expect(() => readDatasetFile(expected, cut)).toThrow(
      new InklingError(`${cut}: the gzip data is truncated; delete it and download it again`),
    );
    const bomb = stored(gzipSync(new Uint8Array(1_000_000)));
    expect(() => readDatasetFile(expected, bomb)).toThrow(
      new InklingError(
        `${bomb}: the gzip data unpacks to more than 40 bytes; delete it and download it again`,
      ),
    );
  });

  test('limits the ratio of sizes of a file without a known hash', () => {
    const bomb = stored(gzipSync(new Uint8Array(70_000_000), { level: 1 }));
    expect(() => readDatasetFile({ name: 'x', bytes: 2 ** 30 }, bomb)).toThrow(
      /: the gzip data unpacks to more than 6\d,\d+,\d+ bytes, 200 times its size; if it is the right file, unpack it yourself and use the result$/,
    );
  });

  test('does not read a file that is much too large', () => {
    const path = stored(new Uint8Array(100_000));
    expect(() => readDatasetFile(expected, path)).toThrow(
      `cannot read ${path}: it has 100,000 bytes, expected at most 65,576; check that it is the right file`,
    );
  });
});

describe('readDatasetFiles', () => {
  test('reads a mix of raw and packed files, in the given order', () => {
    const folder = temporaryFolder();
    const { files } = tinyEntry();
    const { 'train-images-idx3-ubyte': images, ...others } = tinyFiles;
    writeFiles(folder, { 'train-images-idx3-ubyte': images });
    writeFiles(folder, others, true);
    expect(readDatasetFiles(folder, files).map(({ name, sha256 }) => ({ name, sha256 }))).toEqual(
      files.map(({ name, sha256 }) => ({ name, sha256 })),
    );
  });

  test('lists all missing files', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'train-labels-idx1-ubyte': tinyFiles['train-labels-idx1-ubyte'] });
    expect(() => readDatasetFiles(folder, tinyEntry().files)).toThrow(
      new InklingError(
        `no data set in ${folder} (missing train-images-idx3-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte): ` +
          'expected train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, each raw or .gz',
      ),
    );
  });
});
