import { closeSync, openSync, readSync } from 'node:fs';
import { InklingError } from '../core/errors.js';
import { attempt } from './fileErrors.js';

const files = new FinalizationRegistry<number>((file) => {
  closeSync(file);
});

/** A file that is open for reading, even if its name is removed; at the latest, it is closed once nothing refers to it anymore. */
export class OpenFile {
  readonly path: string;
  readonly #file: number;

  /** @throws {InklingError} when it cannot be opened */
  constructor(path: string) {
    this.path = path;
    this.#file = attempt('read', path, () => openSync(path, 'r'));
    files.register(this, this.#file, this);
  }

  close(): void {
    files.unregister(this);
    closeSync(this.#file);
  }

  /**
   * Reads as many bytes as `target` has.
   *
   * @param offset of the first byte in the file
   * @throws {InklingError} when they cannot be read, or the file ends before
   */
  read(target: Uint8Array, offset: number): void {
    const read = attempt('read', this.path, () => readSync(this.#file, target, 0, target.length, offset));
    if (read === target.length) return;
    throw new InklingError(
      `cannot read ${this.path}: it ends at byte ${offset + read}, expected at least ${offset + target.length} bytes; check whether another program is changing it`,
    );
  }
}
