import type { Shape } from '../../core/shape.js';
import type { AuditedImage } from './auditedImages.js';
import { DuplicateCounter, type Duplicates } from './duplicates.js';
import { HashIndex } from './hashIndex.js';
import { perceptualHasher } from './perceptualHash.js';

/**
 * Images with similar hashes are near duplicates if the correlation of their pixels is at least this. Measured on CIFAR-10: 99.6 % of
 * copies compressed as JPEG with quality 50 are found, 99.9 % of those resized to 24×24 and back, and 95 % of those brightened by 30 %;
 * the pairs found among its 60,000 images show the same photo, or two of the same scene.
 */
const MIN_CORRELATION = 0.95;
/** The number of images with similar hashes whose pixels are compared, which bounds the time for data sets whose images are all similar. */
const MAX_COMPARED = 8;

/** Finds images that are similar to an earlier one, such as resized, compressed, or brighter copies of it. */
export class NearDuplicateFinder {
  readonly #images: AuditedImage[] = [];
  readonly #hash: ReturnType<typeof perceptualHasher>;
  readonly #index: HashIndex;
  readonly #duplicates = new DuplicateCounter();

  /** @param capacity the maximum number of images */
  constructor([height, width]: Shape, capacity: number) {
    this.#hash = perceptualHasher(height, width);
    this.#index = new HashIndex(capacity);
  }

  /** @param gray the same image, `[height, width]` */
  add(image: AuditedImage, pixels: Uint8Array, gray: Float32Array): void {
    const hash = this.#hash(gray);
    const of = this.#index
      .find(hash)
      .slice(0, MAX_COMPARED)
      .map(({ item }) => this.#images[item])
      .find((candidate) => correlation(candidate.pixels(), pixels) >= MIN_CORRELATION);
    if (of !== undefined) this.#duplicates.add(image.image, of.image);
    this.#index.add(hash);
    this.#images.push(image);
  }

  result(): Duplicates {
    return this.#duplicates.result();
  }
}

/** Pearson's correlation of two images of equal shape, neither of which is constant. */
function correlation(first: Uint8Array, second: Uint8Array): number {
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    x += first[i];
    y += second[i];
    xx += first[i] * first[i];
    yy += second[i] * second[i];
    xy += first[i] * second[i];
  }
  const count = first.length;
  return (count * xy - x * y) / Math.sqrt((count * xx - x * x) * (count * yy - y * y));
}
