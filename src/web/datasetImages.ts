import { decodeBytes } from '#inkling/core/base64.js';
import type { DatasetPart } from '#inkling/data/parts.js';
import { imagePageSchema, MAX_IMAGES_PER_PAGE } from '#inkling/server/apiSchemas.js';
import { getJson } from './api.js';

/** Images of a data set with their labels. */
export interface LabeledImages {
  /** Number of images that match the query. */
  readonly total: number;
  /** Index of each image in the file of the data set. */
  readonly indices: readonly number[];
  readonly labels: readonly number[];
  /** `[images, height, width, channels]`, from 0 to 255 */
  readonly pixels: Uint8Array;
}

export interface ImageQuery {
  /** Only images of this class; by default, of all classes. */
  readonly label?: number | undefined;
  /** Number of images to skip. */
  readonly first: number;
  readonly count: number;
  /** The run whose data set is meant; by default, the last run with a data set of this name. */
  readonly run?: string | undefined;
}

export async function loadImagePage(
  dataset: string,
  part: DatasetPart,
  { label, first, count, run }: ImageQuery,
  signal?: AbortSignal,
): Promise<LabeledImages> {
  const query = new URLSearchParams({ first: String(first), count: String(count) });
  if (label !== undefined) query.set('label', String(label));
  if (run !== undefined) query.set('run', run);
  const path = `api/data/${encodeURIComponent(dataset)}/${part}?${query.toString()}`;
  const { pixels, ...images } = await getJson(imagePageSchema, path, signal);
  return { ...images, pixels: decodeBytes(pixels) };
}

/**
 * Loads all images of a part of the data set of a run, page by page.
 *
 * @param onProgress called with the number of images so far
 */
export async function loadAllImages(
  dataset: string,
  part: DatasetPart,
  run: string,
  onProgress: (images: number) => void,
): Promise<LabeledImages> {
  const pages: LabeledImages[] = [];
  let loaded = 0;
  let total: number;
  do {
    const page = await loadImagePage(dataset, part, { first: loaded, count: MAX_IMAGES_PER_PAGE, run });
    pages.push(page);
    // Of large images, a page has fewer than were asked for.
    loaded += page.labels.length;
    total = page.total;
    onProgress(loaded);
  } while (loaded < total);
  const pixels = new Uint8Array(pages.reduce((bytes, page) => bytes + page.pixels.length, 0));
  let offset = 0;
  for (const page of pages) {
    pixels.set(page.pixels, offset);
    offset += page.pixels.length;
  }
  return {
    total,
    indices: pages.flatMap(({ indices }) => indices),
    labels: pages.flatMap(({ labels }) => labels),
    pixels,
  };
}

/** The pixels of one image, by its position among the loaded images. */
export function imageAt({ pixels, labels }: LabeledImages, position: number): Uint8Array {
  const size = pixels.length / labels.length;
  return pixels.subarray(position * size, (position + 1) * size);
}
