import type { DatasetPart } from '#inkling/data/parts.js';
import { imagePageSchema } from '#inkling/server/apiSchemas.js';
import { getJson } from './api.js';

/** Images of a data set with what they show. */
export interface LabeledImages {
  /** How many there are to ask for. */
  readonly total: number;
  /** The place of each in the data set's file. */
  readonly indices: readonly number[];
  readonly labels: readonly number[];
  /** `[images, height, width, channels]`, from 0 to 255 */
  readonly pixels: Uint8Array;
}

/** Which images: of one class, where one is named, and from which place among those. */
export interface Query {
  readonly label?: number | undefined;
  readonly first: number;
  readonly count: number;
}

/** Most images the server gives at a time. */
const MOST = 1000;

export async function loadImagePage(
  dataset: string,
  part: DatasetPart,
  { label, first, count }: Query,
  signal?: AbortSignal,
): Promise<LabeledImages> {
  const query = new URLSearchParams({ first: String(first), count: String(count) });
  if (label !== undefined) query.set('label', String(label));
  const path = `api/data/${encodeURIComponent(dataset)}/${part}?${query.toString()}`;
  const { pixels, ...images } = await getJson(imagePageSchema, path, signal);
  return { ...images, pixels: Uint8Array.from(atob(pixels), (character) => character.charCodeAt(0)) };
}

/** All images of a part. */
export async function loadAllImages(dataset: string, part: DatasetPart): Promise<LabeledImages> {
  const parts: LabeledImages[] = [];
  for (let first = 0; first === 0 || first < parts[0].total; first += MOST) {
    parts.push(await loadImagePage(dataset, part, { first, count: MOST }));
  }
  const pixels = new Uint8Array(parts.reduce((bytes, each) => bytes + each.pixels.length, 0));
  let at = 0;
  for (const each of parts) {
    pixels.set(each.pixels, at);
    at += each.pixels.length;
  }
  return {
    total: parts[0].total,
    indices: parts.flatMap(({ indices }) => indices),
    labels: parts.flatMap(({ labels }) => labels),
    pixels,
  };
}

/** One image of several. */
export function imageAt({ pixels, labels }: LabeledImages, place: number): Uint8Array {
  const size = pixels.length / labels.length;
  return pixels.subarray(place * size, (place + 1) * size);
}
