import type { Dataset, ImageSet } from '../../data/dataset.js';
import { ImageFile, type ImageFileLocation } from '../../data/imageFolder/imageFile.js';

/** A data set as a message between threads: images in a file are represented by its location. */
export interface DatasetMessage extends Omit<Dataset, 'train' | 'test'> {
  readonly train: ImageMessage;
  readonly test: ImageMessage;
}

interface ImageMessage {
  readonly images: Uint8Array | ImageFileLocation;
  readonly labels: Uint8Array;
}

export function encodeDataset({ train, test, ...dataset }: Dataset): DatasetMessage {
  return { ...dataset, train: encodeSet(train), test: encodeSet(test) };
}

/** @throws {InklingError} when a file of images cannot be opened */
export function decodeDataset({ train, test, ...dataset }: DatasetMessage): Dataset {
  return { ...dataset, train: decodeSet(train), test: decodeSet(test) };
}

/** The bytes of memory that a data set takes. */
export function memoryOf({ train, test }: Dataset): number {
  return [train, test].reduce(
    (sum, { images }) => sum + (images instanceof Uint8Array ? images.buffer.byteLength : 0),
    0,
  );
}

function encodeSet({ images, labels }: ImageSet): ImageMessage {
  if (images instanceof Uint8Array) return { images, labels };
  if (images instanceof ImageFile) return { images: images.location, labels };
  throw new Error('a data set that was loaded has images in memory or in a file');
}

function decodeSet({ images, labels }: ImageMessage): ImageSet {
  return { images: images instanceof Uint8Array ? images : new ImageFile(images), labels };
}
