import { createHash } from 'node:crypto';
import { sizeOf } from '../../core/shape.js';
import type { Dataset } from '../../data/dataset.js';
import { chunksOf } from '../../data/imageSet.js';
import type { Fingerprint } from '../runSummary.js';

export function fingerprintOf(dataset: Dataset): Fingerprint {
  return { train: hashOf(dataset, 'train'), test: hashOf(dataset, 'test') };
}

/** Hashing takes tens of milliseconds, and a command needs the same hash several times. Data sets do not change once loaded. */
const known = new WeakMap<Dataset, Partial<Record<keyof Fingerprint, string>>>();

/** @returns the hash of one part, in hexadecimal */
export function hashOf(dataset: Dataset, part: keyof Fingerprint): string {
  const hashes = known.get(dataset) ?? {};
  known.set(dataset, hashes);
  return (hashes[part] ??= computeHash(dataset, part));
}

function computeHash({ shape, classes, ...parts }: Dataset, part: keyof Fingerprint): string {
  const { labels, images } = parts[part];
  const description = JSON.stringify({ shape, classes, images: labels.length });
  const hash = createHash('sha256').update(description).update(labels);
  for (const pixels of chunksOf(images, sizeOf(shape), labels.length)) hash.update(pixels);
  return hash.digest('hex');
}
