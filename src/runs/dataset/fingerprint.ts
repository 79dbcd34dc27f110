import { createHash } from 'node:crypto';
import type { Dataset } from '../../data/dataset.js';
import type { Fingerprint } from '../runSummary.js';

export function fingerprintOf(dataset: Dataset): Fingerprint {
  return { train: hashOf(dataset, 'train'), test: hashOf(dataset, 'test') };
}

/** @returns the hash of one part, in hexadecimal */
export function hashOf({ shape, classes, ...parts }: Dataset, part: keyof Fingerprint): string {
  const { labels, images } = parts[part];
  const description = JSON.stringify({ shape, classes, images: labels.length });
  return createHash('sha256').update(description).update(labels).update(images).digest('hex');
}
