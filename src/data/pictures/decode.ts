import { createHash } from 'node:crypto';
import { InklingError } from '../../core/errors.js';
import { sizeOf } from '../../core/shape.js';
import type { Size } from '../../images/decodedImage.js';
import { isGrayscale } from '../../images/centerCropResize.js';
import { DecodePool } from '../../images/decodePool.js';
import { hardwareThreads } from '../../platform/node.js';
import { checkMemory, chooseSize } from './imageShape.js';
import { type ClassifiedFile, type Layout, PARTS } from './layout.js';
import type { DecodedPictures, UnreadableFile } from './pictures.js';
import { summarizeSizes } from './sizes.js';

/** What shape the images shall have: only its size is told, or all of it. */
export interface WantedShape {
  readonly size?: Size | undefined;
  readonly channels?: number | undefined;
}

/** How a caller follows and stops the reading of pictures. */
export interface DecodeOptions {
  /** Stops it; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly onPictures?: ((progress: PicturesProgress) => void) | undefined;
}

/** How far the reading of pictures has come. */
export interface PicturesProgress {
  readonly location: string;
  readonly read: number;
  readonly pictures: number;
}

/**
 * Reads all pictures of a data set on all cores, and makes images of one shape of them. Without colours in any of them, the
 * images have one channel.
 *
 * @param location what is read, to begin an error with
 * @throws {InklingError} when the images would not fit into memory, or no picture can be read
 */
export async function decodePictures(
  { classes, files, beside }: Layout,
  wanted: WantedShape,
  location: string,
  { signal, onPictures }: DecodeOptions = {},
): Promise<DecodedPictures> {
  const { channels = 3 } = wanted;
  if (channels !== 1 && channels !== 3) {
    throw new InklingError(`${location}: pictures have 1 or 3 channels, expected ${channels} by the model`);
  }
  const unreadable: UnreadableFile[] = [];
  const pool = new DecodePool({ threads: hardwareThreads(), signal });
  try {
    const sizes = await measureAll(pool, files, unreadable);
    const measured = files.filter((_, at) => sizes[at] !== undefined);
    const known = sizes.filter((size) => size !== undefined);
    if (known.length === 0) {
      throw new InklingError(`${location}: ${files[0].name}: ${unreadable[0].problem}; expected pictures`);
    }
    const size = wanted.size ?? chooseSize(known);
    const shape = [size.height, size.width, channels];
    checkMemory(measured.length, shape, location);
    const images = new Uint8Array(measured.length * sizeOf(shape));
    const isRead = new Uint8Array(measured.length);
    let done = 0;
    await pool.resize(measured, shape, (at, result) => {
      if ('problem' in result) unreadable.push({ file: measured[at].name, problem: result.problem });
      else {
        images.set(result.pixels, at * sizeOf(shape));
        isRead[at] = 1;
      }
      onPictures?.({ location, read: ++done, pictures: measured.length });
    });
    const read = measured.filter((_, at) => isRead[at] === 1);
    const decoded = inColours(compact(images, isRead, sizeOf(shape)), shape, wanted);
    return {
      classes,
      ...decoded,
      sha256: createHash('sha256').update(decoded.images).digest('hex'),
      files: read.map(({ name }) => name),
      counts: PARTS.map((part) => countClasses(read, part, classes.length)),
      sizes: summarizeSizes(known),
      unreadable: unreadable.sort((a, b) => (a.file < b.file ? -1 : 1)),
      beside,
    };
  } finally {
    await pool.close();
  }
}

/** The size of each picture; undefined for those that cannot be read. */
async function measureAll(
  pool: DecodePool,
  files: readonly ClassifiedFile[],
  unreadable: UnreadableFile[],
): Promise<(Size | undefined)[]> {
  const sizes = new Array<Size | undefined>(files.length).fill(undefined);
  const places = [...files.keys()].filter((at) => files[at].problem === undefined);
  for (const { name, problem } of files) if (problem !== undefined) unreadable.push({ file: name, problem });
  await pool.measure(
    places.map((at) => files[at]),
    (place, result) => {
      const at = places[place];
      if ('problem' in result) unreadable.push({ file: files[at].name, problem: result.problem });
      else sizes[at] = result;
    },
  );
  return sizes;
}

/** Moves the images that were read together. */
function compact(images: Uint8Array, isRead: Uint8Array, imageBytes: number): Uint8Array {
  let end = 0;
  isRead.forEach((read, at) => {
    if (read === 0) return;
    if (end !== at) images.copyWithin(end * imageBytes, at * imageBytes, (at + 1) * imageBytes);
    end += 1;
  });
  return images.subarray(0, end * imageBytes);
}

/** One channel is enough where nothing has a colour. */
function inColours(
  images: Uint8Array,
  shape: number[],
  { channels }: WantedShape,
): Pick<DecodedPictures, 'images' | 'shape'> {
  if (channels !== undefined || !isGrayscale(images)) return { images, shape };
  const grey = new Uint8Array(images.length / 3);
  for (let at = 0; at < grey.length; at++) grey[at] = images[3 * at];
  return { images: grey, shape: [shape[0], shape[1], 1] };
}

function countClasses(files: readonly ClassifiedFile[], part: string, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const file of files) if (file.part === part) counts[file.label] += 1;
  return counts;
}
