import { encodeInt8 } from '../../core/base64.js';
import type { Prototypes } from '../../interop/calibrationRecord.js';
import type { Features } from '../features.js';
import { kMeans } from './kMeans.js';
import type { Labels } from '../../data/classes.js';

/** Prototypes per class, fewer where they would take more than a limit. */
const MAX_PER_CLASS = 40;
const MAX_BYTES = 65_536;
const MAX_INT8 = 127;

/**
 * Chooses prototypes by k-means in each class.
 *
 * @param labels of the images
 * @returns undefined where one per class would take too much memory
 */
export function fitPrototypes(
  layer: string,
  { size, values }: Features,
  labels: Labels,
  classes: number,
): Prototypes | undefined {
  const perClass = Math.min(MAX_PER_CLASS, Math.floor(MAX_BYTES / (classes * size)));
  if (perClass === 0) return undefined;
  const prototypes = new Float32Array(classes * perClass * size);
  for (let label = 0; label < classes; label++) {
    const own = [...labels.keys()].filter((image) => labels[image] === label);
    const vectors = own.map((image) => values.subarray(image * size, (image + 1) * size));
    prototypes.set(kMeans(vectors, perClass, size), label * perClass * size);
  }
  const scale = prototypes.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-6) / MAX_INT8;
  const bytes = Int8Array.from(prototypes, (value) => Math.round(value / scale));
  return { layer, size, perClass, scale, values: encodeInt8(bytes) };
}
