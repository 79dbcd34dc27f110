import { InklingError } from '../../core/errors.js';
import { formatCount, formatPlural } from '../../core/format.js';
import { MAX_BYTE } from '../../core/pixels.js';
import { describePixels, type LabeledImages } from '../labeledImages.js';
import type { DatasetPart } from '../parts.js';
import { imageLayoutOf } from './imageLayout.js';
import { partOfCell } from './partColumn.js';

/** How the rows were found, for messages: the pixels in a phrase, the others as the names of columns. */
export interface RowSource {
  readonly pixels: string;
  readonly label: string | undefined;
  readonly part: string | undefined;
}

/** Collects square images, one per row of a table. */
export class PixelRows {
  readonly #file: string;
  readonly #source: RowSource;
  readonly #images: Float32Array[] = [];
  readonly #labels: string[] = [];
  readonly #parts: DatasetPart[] = [];

  constructor(file: string, source: RowSource) {
    this.#file = file;
    this.#source = source;
  }

  /** The number of images so far. */
  get count(): number {
    return this.#images.length;
  }

  /** @throws {InklingError} when the pixels or the part are not valid */
  add(image: Float32Array, label: string | undefined, part: string | undefined): void {
    this.#check(image);
    if (label !== undefined) this.#labels.push(label);
    if (part !== undefined)
      this.#parts.push(partOfCell(part, this.#file, this.count, this.#source.part ?? ''));
    this.#images.push(image);
  }

  /** @throws {InklingError} when there are none */
  images(): LabeledImages {
    const [first] = this.#images;
    if (this.count === 0) {
      throw new InklingError(`${this.#file}: has no rows after its header; expected one row per image`);
    }
    const { side, channels } = imageLayoutOf(first.length) ?? { side: 0, channels: 1 };
    const { pixels, label, part } = this.#source;
    const isUnit = this.#images.every((image) => image.every((value) => value <= 1));
    const bytes = new Uint8Array(this.count * first.length);
    this.#images.forEach((image, row) => {
      bytes.set(
        image.map((value) => Math.round(value * (isUnit ? MAX_BYTE : 1))),
        row * first.length,
      );
    });
    const shape = [side, side, channels];
    const details = [
      `${pixels} as ${describePixels(shape)}`,
      label === undefined ? 'no labels' : `labels from column "${label}"`,
      ...(part === undefined ? [] : [`parts from column "${part}"`]),
      ...(isUnit ? ['values from 0 to 1'] : []),
    ];
    return {
      pixels: bytes,
      shape,
      labels: label === undefined ? undefined : this.#labels,
      parts: part === undefined ? undefined : this.#parts,
      interpretation: `read as a table of ${formatPlural(this.count, 'row')}; ${details.join('; ')}`,
    };
  }

  #check(image: Float32Array): void {
    const where = `${this.#file}: row ${this.count + 1}`;
    const expected = this.#images.at(0)?.length;
    if (expected !== undefined && image.length !== expected) {
      throw new InklingError(
        `${where}: has ${formatCount(image.length)} pixels, expected ${formatCount(expected)} as in the first row`,
      );
    }
    if (imageLayoutOf(image.length) === undefined) {
      throw new InklingError(
        `${where}: has ${formatCount(image.length)} pixels, expected a square number, such as 784 for images of 28×28, or three times one for color images`,
      );
    }
    const wrong = image.find((value) => !(value >= 0 && value <= MAX_BYTE));
    if (wrong === undefined) return;
    throw new InklingError(
      `${where}: contains ${Number.isNaN(wrong) ? 'a pixel that is no number' : `the pixel ${wrong}`}, expected numbers from 0 to ${MAX_BYTE}`,
    );
  }
}
