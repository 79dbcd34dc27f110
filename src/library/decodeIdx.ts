import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import type { Shape } from '../core/shape.js';
import type { LoadedImageSet } from '../data/dataset.js';
import { parseIdxPair } from '../data/idx/parseIdx.js';

/** The images and labels of IDX files. */
export interface IdxImageSet extends LoadedImageSet {
  /** One image: `[height, width, 1]`. */
  readonly shape: Shape;
  /** `[count]`, from 0 to 255 */
  readonly labels: Uint8Array;
}

/**
 * Decodes a pair of IDX files, the format of MNIST.
 *
 * @param images the bytes of an unpacked file of images, such as `train-images-idx3-ubyte`
 * @param labels those of the file of their labels, such as `train-labels-idx1-ubyte`
 * @returns views of the bytes
 * @throws {UsageError} for anything but bytes
 * @throws {InklingError} unless the bytes are exactly what the headers describe, with one label for each image
 */
export function decodeIdx(images: Uint8Array, labels: Uint8Array): IdxImageSet {
  checkValues('decodeIdx', { images, labels }, { images: kinds.bytes, labels: kinds.bytes });
  const decoded = parseIdxPair({ bytes: images, origin: 'images' }, { bytes: labels, origin: 'labels' });
  return {
    shape: [decoded.height, decoded.width, 1],
    images: decoded.pixels,
    labels: decoded.labels,
  };
}
