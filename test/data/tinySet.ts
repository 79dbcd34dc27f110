import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { idxDataset } from '#inkling/data/idx/idxDataset.js';
import type { CatalogEntry, CatalogFile } from '#inkling/data/catalog/catalogEntry.js';

/** Creates a folder that is removed when the current test has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** The bytes of an IDX file, written from the format's description: two zeros, 0x08, axes, big-endian sizes, values. */
export function idx(sizes: number[], values: number[]): Uint8Array {
  const header = [
    0,
    0,
    0x08,
    sizes.length,
    ...sizes.flatMap((size) => [size >>> 24, size >>> 16, size >>> 8, size]),
  ];
  return Uint8Array.from([...header, ...values]);
}

const trainPixels = Array.from({ length: 24 }, (_, i) => i * 10);
const testPixels = Array.from({ length: 12 }, (_, i) => 255 - i);

/** Four training images and two test images of 2×3, in three classes. */
export const tinyFiles: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': idx([4, 2, 3], trainPixels),
  'train-labels-idx1-ubyte': idx([4], [0, 1, 2, 1]),
  't10k-images-idx3-ubyte': idx([2, 2, 3], testPixels),
  't10k-labels-idx1-ubyte': idx([2], [2, 0]),
};

/** Nine training images and three test images of 2×3, as many of each of the three classes: enough to train. */
export const trainableFiles: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': idx(
    [9, 2, 3],
    Array.from({ length: 54 }, (_, i) => i * 4),
  ),
  'train-labels-idx1-ubyte': idx([9], [0, 1, 2, 2, 1, 0, 0, 1, 2]),
  't10k-images-idx3-ubyte': idx(
    [3, 2, 3],
    Array.from({ length: 18 }, (_, i) => 255 - i),
  ),
  't10k-labels-idx1-ubyte': idx([3], [2, 0, 1]),
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A catalog entry for the tiny set, with the given mirrors. */
export function tinyEntry(mirrors: readonly string[] = []): CatalogEntry {
  const files = Object.entries(tinyFiles).map(([name, bytes]): CatalogFile => ({
    name,
    bytes: bytes.length,
    sha256: sha256(bytes),
  }));
  const subfolders = ['', 'tiny', 'TINY/raw'];
  return { name: 'tiny', subfolders, mirrors, files, classes: ['a', 'b', 'c'], assemble: idxDataset };
}

/** Writes files into a folder, creating it if necessary; if `packed`, as gzip files with the extension `.gz`. */
export function writeFiles(
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
  packed = false,
): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(folder, packed ? `${name}.gz` : name), packed ? gzipSync(bytes) : bytes);
  }
}
