import { join } from 'node:path';
import { attempt } from '../../platform/fileErrors.js';
import { createFile, type WritableFile } from '../../platform/fileOperations.js';
import { makeFolder, renameFolder } from '../../platform/folders.js';
import { OpenFile } from '../../platform/openFile.js';
import { claimTemporary, type Temporary } from '../../platform/temporaries.js';
import { ImageFile } from './imageFile.js';

/** The name of the file of images in an entry of the cache. */
export const IMAGES = 'images';

/** A file of images that is written in a temporary folder, which becomes an entry of the cache. */
export class CollectedFile {
  readonly #temporary: Temporary;
  readonly #path: string;
  readonly #writer: WritableFile;
  readonly #reader: OpenFile;

  /**
   * @param parent the folder of the temporary folder
   * @throws {InklingError} when it cannot be created
   */
  constructor(parent: string) {
    this.#temporary = claimTemporary(parent);
    this.#path = join(this.folder, IMAGES);
    try {
      makeFolder(this.folder);
      this.#writer = attempt('create', this.#path, () => createFile(this.#path));
      this.#reader = new OpenFile(this.#path);
    } catch (error) {
      this.#temporary.release();
      throw error;
    }
  }

  /** The temporary folder. */
  get folder(): string {
    return this.#temporary.path;
  }

  /** @throws {InklingError} when they cannot be written, such as when the disk is full */
  write(offset: number, bytes: Uint8Array): void {
    attempt('write', this.#path, () => {
      this.#writer.write(bytes, offset);
    });
  }

  /** @throws {InklingError} when they cannot be read */
  read(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.#reader.read(bytes, offset);
    return bytes;
  }

  /**
   * Ends writing and reading.
   *
   * @param bytes the size of the file; what follows is removed
   * @throws {InklingError} when it cannot be written
   */
  finish(bytes: number): void {
    attempt('write', this.#path, () => {
      this.#writer.truncate(bytes);
      this.#writer.sync();
    });
    this.#close();
  }

  /**
   * Gives the temporary folder another name, after the end.
   *
   * @throws {Error} the system's error
   */
  moveTo(path: string): void {
    renameFolder(this.folder, path);
    this.#temporary.release();
  }

  /** Its images, after the end. They can be read, but the file has no name anymore, so that nothing of it remains. */
  open(imageBytes: number, count: number): ImageFile {
    try {
      return ImageFile.open(this.#path, imageBytes, count);
    } finally {
      this.#temporary.release();
    }
  }

  /** Removes the file before its end. */
  discard(): void {
    this.#close();
    this.#temporary.release();
  }

  #close(): void {
    this.#writer.close();
    this.#reader.close();
  }
}
