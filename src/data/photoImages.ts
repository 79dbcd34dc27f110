import { type Shape, sizeOf } from '../core/shape.js';
import { imageOfPixels, preprocessBytes } from '../images/preprocess.js';
import type { Dataset, ImageSet, StoredImages } from './dataset.js';
import { pixelsOf } from './imageSet.js';

/** Images in memory, and the shape of photos that are made from them, `[height, width, channels]`. */
export interface PhotoSource {
  /** `[count, height, width, channels]` */
  readonly images: Uint8Array;
  /** Of one image. */
  readonly shape: Shape;
  readonly photoShape: Shape;
  /** The image that each photo is made from. */
  readonly positions: Uint32Array;
}

/** Photos that are resized from smaller images whenever they are read, because all of them would take too much memory. */
export class PhotoImages implements StoredImages {
  readonly source: PhotoSource;

  constructor(source: PhotoSource) {
    this.source = source;
  }

  get count(): number {
    return this.source.positions.length;
  }

  read(image: number, pixels: Uint8Array): void {
    const { images, shape, photoShape, positions } = this.source;
    const original = pixelsOf(images, sizeOf(shape), positions[image]);
    pixels.set(preprocessBytes(imageOfPixels(original, shape), photoShape, 'photo'));
  }

  pick(indices: Uint32Array): PhotoImages {
    const { positions } = this.source;
    return new PhotoImages({ ...this.source, positions: indices.map((index) => positions[index]) });
  }
}

/** Resizes and crops the images of a data set to those that a model for photos takes, like image files. */
export function asPhotos(dataset: Dataset, photoShape: Shape): Dataset {
  const resize = ({ images, labels }: ImageSet): ImageSet => {
    // Only image files are too many for memory.
    if (!(images instanceof Uint8Array)) throw new Error('expected images in memory');
    const positions = Uint32Array.from(labels, (_, index) => index);
    return { images: new PhotoImages({ images, shape: dataset.shape, photoShape, positions }), labels };
  };
  return { ...dataset, shape: photoShape, train: resize(dataset.train), test: resize(dataset.test) };
}
