import type { DetectorWeights } from './digitDetector.js';

/** The letter of the weight 0; the letters of the others, from -15 to 15, are its neighbors, none of which JSON escapes. */
const ZERO = 63;

/** The weights as pages load them: letters compress to fewer bits than those of the stored weights. */
export function formatDetector(weights: DetectorWeights): string {
  return JSON.stringify(weights, (_key, value: unknown) =>
    value instanceof Int8Array ? String.fromCharCode(...value.map((weight) => weight + ZERO)) : value,
  );
}

export function parseDetector(text: string): DetectorWeights {
  // The text is that of `formatDetector`, so that it has this type.
  return JSON.parse(text, (key, value: unknown) =>
    key === 'weights' ? Int8Array.from(String(value), (letter) => letter.charCodeAt(0) - ZERO) : value,
  ) as DetectorWeights;
}
