import { attempt } from './fileErrors.js';
import { createFile, type WritableFile } from './fileOperations.js';
import { claimTemporary, type Temporary } from './temporaries.js';

/** A temporary file that is removed when it is closed. */
export class ScratchFile {
  readonly #temporary: Temporary;
  readonly #file: WritableFile;
  #bytes = 0;

  /**
   * Creates a file in a folder, which must exist.
   *
   * @throws {InklingError} when it cannot be created
   */
  constructor(folder: string) {
    this.#temporary = claimTemporary(folder);
    this.#file = attempt('create', this.path, () => createFile(this.path));
  }

  get path(): string {
    return this.#temporary.path;
  }

  /** The number of bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Appends bytes.
   *
   * @returns where they begin
   * @throws {InklingError} when they cannot be written, such as when the disk is full
   */
  append(data: Uint8Array): number {
    const start = this.#bytes;
    attempt('write', this.path, () => {
      this.#file.write(data);
    });
    this.#bytes += data.length;
    return start;
  }

  /** Removes the file. */
  close(): void {
    this.#file.close();
    this.#temporary.release();
  }
}
