import { createHash } from 'node:crypto';
import { type Shape, sizeOf } from '../../core/shape.js';
import { isGrayscale } from '../../images/centerCropResize.js';
import { OpenFile } from '../../platform/openFile.js';
import { ScratchFile } from '../../platform/scratchFile.js';
import { ImageFile } from './imageFile.js';
import { MAX_MEMORY_BYTES } from './memoryLimit.js';

/** Images of one shape. */
export interface CollectedImages {
  readonly images: Uint8Array | ImageFile;
  /** `[height, width, channels]` */
  readonly shape: number[];
  /** SHA-256 of the images. */
  readonly sha256: string;
}

/** Collects images that arrive in any order: in memory or, if they are too large for it, in a file. */
export class ImageCollector {
  readonly #shape: Shape;
  readonly #isPresent: Uint8Array;
  readonly #bytes: Bytes;
  #isGrayscale: boolean;

  /**
   * @param count the maximum number of images
   * @param shape of an image, `[height, width, channels]`
   * @param folder for a file
   * @throws {InklingError} when the file cannot be created
   */
  constructor(count: number, shape: Shape, folder: string) {
    const size = count * sizeOf(shape);
    this.#shape = shape;
    this.#isPresent = new Uint8Array(count);
    this.#isGrayscale = shape[2] === 3;
    this.#bytes = size <= MAX_MEMORY_BYTES ? new BytesInMemory(size) : new BytesInFile(folder);
  }

  /** @throws {InklingError} when it cannot be written, such as when the disk is full */
  add(image: number, pixels: Uint8Array): void {
    this.#isGrayscale &&= isGrayscale(pixels);
    this.#isPresent[image] = 1;
    this.#bytes.write(image * pixels.length, pixels);
  }

  /** Whether an image was added. */
  has(image: number): boolean {
    return this.#isPresent[image] === 1;
  }

  /**
   * The images that were added, in their order.
   *
   * @param mayReduce whether to drop two of three channels if all images are grayscale
   * @throws {InklingError} when a file cannot be written or read
   */
  finish(mayReduce: boolean): CollectedImages {
    const [height, width, channels] = this.#shape;
    const isReduced = mayReduce && this.#isGrayscale;
    const shape = [height, width, isReduced ? 1 : channels];
    const [from, to] = [sizeOf(this.#shape), sizeOf(shape)];
    const hash = createHash('sha256');
    let count = 0;
    this.#isPresent.forEach((isPresent, image) => {
      if (isPresent === 0) return;
      const all = this.#bytes.read(image * from, from);
      const pixels = isReduced ? all.filter((_, index) => index % 3 === 0) : all;
      hash.update(pixels);
      // Never over an image that is still to be read, as none becomes larger.
      if (isReduced || count !== image) this.#bytes.write(count * to, pixels);
      count += 1;
    });
    return { images: this.#bytes.finish(count, to), shape, sha256: hash.digest('hex') };
  }

  /** Removes a file, unless the images are finished. */
  discard(): void {
    this.#bytes.discard();
  }
}

/** Where images are collected. */
interface Bytes {
  write(offset: number, bytes: Uint8Array): void;
  read(offset: number, length: number): Uint8Array;
  /** The first `count` images. */
  finish(count: number, imageBytes: number): Uint8Array | ImageFile;
  discard(): void;
}

class BytesInMemory implements Bytes {
  readonly #bytes: Uint8Array;

  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
  }

  write(offset: number, bytes: Uint8Array): void {
    this.#bytes.set(bytes, offset);
  }

  read(offset: number, length: number): Uint8Array {
    return this.#bytes.subarray(offset, offset + length);
  }

  finish(count: number, imageBytes: number): Uint8Array {
    return this.#bytes.subarray(0, count * imageBytes);
  }

  discard(): void {
    // Nothing remains of memory.
  }
}

class BytesInFile implements Bytes {
  readonly #scratch: ScratchFile;
  readonly #reader: OpenFile;
  #isFinished = false;

  constructor(folder: string) {
    this.#scratch = new ScratchFile(folder);
    this.#reader = new OpenFile(this.#scratch.path);
  }

  write(offset: number, bytes: Uint8Array): void {
    this.#scratch.write(bytes, offset);
  }

  read(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.#reader.read(bytes, offset);
    return bytes;
  }

  finish(count: number, imageBytes: number): ImageFile {
    this.#isFinished = true;
    this.#scratch.keep(count * imageBytes);
    return ImageFile.open(this.#scratch.path, imageBytes, count);
  }

  discard(): void {
    if (!this.#isFinished) this.#scratch.close();
  }
}
