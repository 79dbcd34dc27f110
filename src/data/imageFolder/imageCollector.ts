import { createHash } from 'node:crypto';
import { type Shape, sizeOf } from '../../core/shape.js';
import { isGrayscale } from '../../images/resize/centerCropResize.js';
import { MAX_MEMORY_BYTES } from '../memoryLimit.js';
import { CollectedFile } from './collectedFile.js';

/** Images of one shape. */
export interface CollectedImages {
  readonly images: Uint8Array | CollectedFile;
  /** `[height, width, channels]` */
  readonly shape: number[];
  /** SHA-256 of the images. */
  readonly sha256: string;
}

/** Collects images that arrive in any order: in memory or, if they are too large for it, in a file. */
export class ImageCollector {
  readonly #shape: Shape;
  readonly #isPresent: Uint8Array;
  readonly #target: Uint8Array | CollectedFile;
  /** Whether two of three channels are dropped, as far as is known. */
  #isReduced: boolean;
  #isFinished = false;

  /**
   * @param count the maximum number of images
   * @param shape of an image, `[height, width, channels]`
   * @param mayReduce whether to drop two of three channels if all images are grayscale
   * @param folder for a file
   * @throws {InklingError} when the file cannot be created
   */
  constructor(count: number, shape: Shape, mayReduce: boolean, folder: string) {
    const size = count * sizeOf(shape);
    this.#shape = shape;
    this.#isPresent = new Uint8Array(count);
    this.#isReduced = mayReduce && shape[2] === 3;
    this.#target = size <= MAX_MEMORY_BYTES ? new Uint8Array(size) : new CollectedFile(folder);
  }

  /** @throws {InklingError} when it cannot be written, such as when the disk is full */
  add(image: number, pixels: Uint8Array): void {
    this.#isReduced &&= isGrayscale(pixels);
    this.#isPresent[image] = 1;
    this.#write(image * pixels.length, pixels);
  }

  /** Whether an image was added. */
  has(image: number): boolean {
    return this.#isPresent[image] === 1;
  }

  /**
   * The images that were added, in their order.
   *
   * @throws {InklingError} when a file cannot be written or read
   */
  finish(): CollectedImages {
    const [height, width, channels] = this.#shape;
    const isReduced = this.#isReduced;
    const shape = [height, width, isReduced ? 1 : channels];
    const [from, to] = [sizeOf(this.#shape), sizeOf(shape)];
    const hash = createHash('sha256');
    let count = 0;
    this.#isPresent.forEach((isPresent, image) => {
      if (isPresent === 0) return;
      const all = this.#read(image * from, from);
      const pixels = isReduced ? firstChannelOf(all) : all;
      hash.update(pixels);
      // Never over an image that is still to be read, as none becomes larger.
      if (isReduced || count !== image) this.#write(count * to, pixels);
      count += 1;
    });
    return { images: this.#shorten(count * to), shape, sha256: hash.digest('hex') };
  }

  /** Removes a file, unless the images are finished. */
  discard(): void {
    if (this.#target instanceof CollectedFile && !this.#isFinished) this.#target.discard();
  }

  #write(offset: number, bytes: Uint8Array): void {
    if (this.#target instanceof CollectedFile) this.#target.write(offset, bytes);
    else this.#target.set(bytes, offset);
  }

  #read(offset: number, length: number): Uint8Array {
    if (this.#target instanceof CollectedFile) return this.#target.read(offset, length);
    return this.#target.subarray(offset, offset + length);
  }

  #shorten(size: number): Uint8Array | CollectedFile {
    if (this.#target instanceof CollectedFile) this.#target.finish(size);
    this.#isFinished = true;
    if (this.#target instanceof CollectedFile || this.#target.length === size) return this.#target;
    // A copy, because a view would keep all of the memory.
    return this.#target.slice(0, size);
  }
}

/** @param pixels with three channels */
function firstChannelOf(pixels: Uint8Array): Uint8Array {
  const channel = new Uint8Array(pixels.length / 3);
  for (let pixel = 0; pixel < channel.length; pixel++) channel[pixel] = pixels[3 * pixel];
  return channel;
}
