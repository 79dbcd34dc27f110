import { describeType } from '../core/checkPixels.js';
import { UnsupportedError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import type { Drawable } from './drawable.js';
import type { DecodedImage } from './decodedImage.js';
import type { InputKind } from './inputKind.js';
import type { FileInputs } from './concern.js';
import type { PreprocessOptions } from './preprocess.js';
import { ImagePreprocessor } from './preprocessor.js';

/** Decodes images for a model. */
export class ImageReader {
  /** How every image is prepared. */
  readonly options: PreprocessOptions;
  readonly #preprocessor: ImagePreprocessor;

  /**
   * @param shape the model's input: `[height, width, channels]`
   * @param threads for image files
   */
  constructor(shape: Shape, inputKind: InputKind, threads: number) {
    this.options = { shape, inputKind, content: 'single' };
    this.#preprocessor = new ImagePreprocessor(shape, inputKind, { threads });
  }

  /**
   * Decodes an image file and turns it into a model's input.
   *
   * @throws {MachineError} when the machine is the cause, such as insufficient memory
   * @throws {InklingError} that says what is wrong with the file
   */
  async readFile(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal | undefined): Promise<FileInputs> {
    return this.#preprocessor.preprocess(bytes, this.options.content, { signal });
  }

  /**
   * The pixels of what a canvas can draw, which only exists in browsers.
   *
   * @throws {UnsupportedError} always
   */
  readDrawable(drawable: Drawable): DecodedImage {
    throw new UnsupportedError(
      `expected an image that this runtime can read, got ${describeType(drawable)}; pass the bytes of an image file, or { pixels, shape }`,
    );
  }

  /** Ends its threads. */
  async close(): Promise<void> {
    await this.#preprocessor.close();
  }
}
