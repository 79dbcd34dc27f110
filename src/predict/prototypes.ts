import { decodeInt8 } from '../core/base64.js';
import type { Prototypes } from '../interop/calibrationRecord.js';

const decoded = new WeakMap<Prototypes, Float32Array>();

/** The squared distance of an image's features from the nearest prototype of a class. */
export function distanceFrom(prototypes: Prototypes, label: number, vector: Float32Array): number {
  const { size, perClass, scale, values } = prototypes;
  let all = decoded.get(prototypes);
  if (all === undefined) {
    all = Float32Array.from(decodeInt8(values), (byte) => scale * byte);
    decoded.set(prototypes, all);
  }
  const own = all.subarray(label * perClass * size, (label + 1) * perClass * size);
  return nearestOf(own, vector).distance;
}

/**
 * The center nearest to a vector, and the squared distance from it.
 *
 * @param centers `[count, size]`
 */
export function nearestOf(centers: Float32Array, vector: Float32Array): { index: number; distance: number } {
  const size = vector.length;
  const nearest = { index: 0, distance: Infinity };
  for (let start = 0; start < centers.length; start += size) {
    let distance = 0;
    for (let i = 0; i < size; i++) {
      const difference = vector[i] - centers[start + i];
      distance += difference * difference;
    }
    if (distance < nearest.distance) {
      nearest.index = start / size;
      nearest.distance = distance;
    }
  }
  return nearest;
}
