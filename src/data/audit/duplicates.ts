import { areEqual } from '../../core/arrays.js';
import { crc32 } from '../../core/checksum.js';
import type { DatasetPart } from '../parts.js';
import { type AuditedImage, type ImageLocation, MAX_EXAMPLES } from './auditedImages.js';

/** The number of images in one part that are duplicates of an earlier image in another part, or the same one. */
export interface DuplicateCount {
  readonly part: DatasetPart;
  readonly of: DatasetPart;
  readonly images: number;
}

/** The duplicates in a data set, or its near duplicates. */
export interface Duplicates {
  readonly counts: readonly DuplicateCount[];
  /** The number of duplicates labeled differently from the image that they duplicate. */
  readonly otherClass: number;
  /** Some duplicates with the image that each duplicates, those with different labels first. */
  readonly examples: readonly { readonly image: ImageLocation; readonly of: ImageLocation }[];
}

/** Counts duplicates, and keeps some as examples. */
export class DuplicateCounter {
  readonly #counts = new Map<string, DuplicateCount>();
  readonly #examples: { image: ImageLocation; of: ImageLocation }[] = [];
  #otherClass = 0;

  add(image: ImageLocation, of: ImageLocation): void {
    const key = `${image.part} ${of.part}`;
    const images = (this.#counts.get(key)?.images ?? 0) + 1;
    this.#counts.set(key, { part: image.part, of: of.part, images });
    if (image.label !== of.label) this.#examples.splice(this.#otherClass++, 0, { image, of });
    else this.#examples.push({ image, of });
    this.#examples.length = Math.min(this.#examples.length, MAX_EXAMPLES);
  }

  result(): Duplicates {
    return { counts: [...this.#counts.values()], otherClass: this.#otherClass, examples: this.#examples };
  }
}

/** Finds images that are identical, pixel by pixel, to an earlier one. */
export class DuplicateFinder {
  readonly #seen = new Map<number, AuditedImage[]>();
  readonly #duplicates = new DuplicateCounter();

  /** @returns whether it is a duplicate */
  add(image: AuditedImage, pixels: Uint8Array): boolean {
    const hash = crc32(pixels);
    const candidates = this.#seen.get(hash) ?? [];
    const of = candidates.find((candidate) => areEqual(candidate.pixels(), pixels));
    if (of === undefined) this.#seen.set(hash, [...candidates, image]);
    else this.#duplicates.add(image.image, of.image);
    return of !== undefined;
  }

  result(): Duplicates {
    return this.#duplicates.result();
  }
}
