import type { Dataset, ImageSet } from './dataset.js';
import { PhotoImages } from './photoImages.js';

/** The bytes of memory that a data set takes, without those of names. */
export function memoryOf({ train, test }: Dataset): number {
  return [train, test].reduce((sum, { images, labels }) => sum + labels.byteLength + bytesOf(images), 0);
}

function bytesOf(images: ImageSet['images']): number {
  if (images instanceof Uint8Array) return images.buffer.byteLength;
  const positions = images.count * Uint32Array.BYTES_PER_ELEMENT;
  return images instanceof PhotoImages ? positions + images.source.images.buffer.byteLength : positions;
}
