import { attempt } from './fileErrors.js';
import { createFile, type WritableFile } from './fileOperations.js';
import { claimTemporary, type Temporary } from './temporaries.js';

/** A temporary file that is removed when it is closed, or when the process ends. */
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

  /**
   * Writes bytes at any position.
   *
   * @throws {InklingError} when they cannot be written, such as when the disk is full
   */
  write(data: Uint8Array, position: number): void {
    attempt('write', this.path, () => {
      this.#file.write(data, position);
    });
  }

  /**
   * Ends writing, and keeps the file for whoever reads it, until it gets another name or the process ends.
   *
   * @param bytes its size; what follows is removed
   * @throws {InklingError} when it cannot be written
   */
  keep(bytes: number): void {
    attempt('write', this.path, () => {
      this.#file.truncate(bytes);
      this.#file.sync();
    });
    this.#file.close();
    process.once('exit', () => {
      this.#temporary.release();
    });
  }

  /** Removes the file. */
  close(): void {
    this.#file.close();
    this.#temporary.release();
  }
}
