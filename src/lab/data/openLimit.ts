import { text } from '../text/text.js';

/** Each file takes a millisecond or more, during which the user waits; also those in an archive that are not images. */
export const MAX_FILES = 20_000;
/** Unpacked files are in memory all at once, and phones have little of it. */
export const MAX_UNPACKED_BYTES = 500_000_000;

/** Counts what is opened at a time, so that no folder and no archive fills the memory of the tab. */
export class OpenLimit {
  #files = 0;
  #bytes = 0;

  /** @throws {Error} when there are too many files */
  countFile(): void {
    if (++this.#files > MAX_FILES) throw new Error(text.data.tooManyFiles(MAX_FILES));
  }

  /** @throws {Error} when too much would be unpacked */
  countUnpacked(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > MAX_UNPACKED_BYTES) throw new Error(text.data.tooLarge(MAX_UNPACKED_BYTES / 1e6));
  }
}
