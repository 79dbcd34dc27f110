import { InklingError } from '../../core/errors.js';
import type { Dataset, ImageSet } from '../../data/dataset.js';
import { ImageFile, type ImageFileLocation } from '../../data/imageFolder/imageFile.js';
import { PhotoImages, type PhotoSource } from '../../data/photoImages.js';
import { kindOf } from '../../platform/files.js';
import type { Labels } from '../../data/classes.js';

/** A data set as a message between threads: images in a file are represented by its location, photos by what they are made from. */
export interface DatasetMessage extends Omit<Dataset, 'train' | 'test'> {
  readonly train: ImageMessage;
  readonly test: ImageMessage;
}

interface ImageMessage {
  readonly images: Uint8Array | ImageFileLocation | PhotoSource;
  readonly labels: Labels;
}

/** @throws {InklingError} when images in a file are not cached, since the file has no name then */
export function encodeDataset({ train, test, ...dataset }: Dataset): DatasetMessage {
  const { name } = dataset;
  return { ...dataset, train: encodeSet(train, name), test: encodeSet(test, name) };
}

/** @throws {InklingError} when a file of images cannot be opened */
export function decodeDataset({ train, test, ...dataset }: DatasetMessage): Dataset {
  return { ...dataset, train: decodeSet(train), test: decodeSet(test) };
}

function encodeSet({ images, labels }: ImageSet, name: string): ImageMessage {
  if (images instanceof Uint8Array) return { images, labels };
  if (images instanceof PhotoImages) return { images: images.source, labels };
  if (images instanceof ImageFile && kindOf(images.location.path) === 'file') {
    return { images: images.location, labels };
  }
  throw new InklingError(
    `${name}: its images are too large for memory and cannot be cached; run inkling data on it to see why`,
  );
}

function decodeSet({ images, labels }: ImageMessage): ImageSet {
  if (images instanceof Uint8Array) return { images, labels };
  return { images: 'path' in images ? new ImageFile(images) : new PhotoImages(images), labels };
}
