import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import type { LoadedImageSet } from '#inkling/data/dataset.js';

const SIDE = 28;

/** Writes generated digits to a folder of IDX files, from which every process of a sweep loads them, and removes it afterward. */
export async function withDigits<Result>(
  images: number,
  task: (dataset: string, runDir: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-sweep-'));
  try {
    const { train, test } = generateDigits({ seed: 0, train: images, test: Math.ceil(images / 10) });
    writeSet(folder, 'train', train);
    writeSet(folder, 't10k', test);
    return await task(folder, join(folder, 'runs'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeSet(folder: string, name: string, { images, labels }: LoadedImageSet): void {
  writeFileSync(join(folder, `${name}-images-idx3-ubyte`), idx([labels.length, SIDE, SIDE], images));
  writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), idx([labels.length], labels));
}

function idx(sizes: readonly number[], values: ArrayLike<number>): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt16BE(0x0800 + sizes.length, 2);
  for (const [axis, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * axis);
  return Buffer.concat([header, Uint8Array.from(values)]);
}
