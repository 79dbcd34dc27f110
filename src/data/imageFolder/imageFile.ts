import { OpenFile } from '../../platform/openFile.js';
import type { StoredImages } from '../dataset.js';

/** Where images are in a file. */
export interface ImageFileLocation {
  readonly path: string;
  /** The size of an image. */
  readonly imageBytes: number;
  /** How many images are before each image in the file. */
  readonly positions: Uint32Array;
}

/** Images in a file, one after the other. */
export class ImageFile implements StoredImages {
  readonly location: ImageFileLocation;
  readonly #file: OpenFile;

  /**
   * @param file of the location, if it is open
   * @throws {InklingError} when it cannot be opened
   */
  constructor(location: ImageFileLocation, file = new OpenFile(location.path)) {
    this.location = location;
    this.#file = file;
  }

  /**
   * All images of a file.
   *
   * @throws {InklingError} when it cannot be opened
   */
  static open(path: string, imageBytes: number, count: number): ImageFile {
    return new ImageFile({ path, imageBytes, positions: Uint32Array.from({ length: count }, (_, i) => i) });
  }

  /** Closes the file; no image can be read anymore. */
  close(): void {
    this.#file.close();
  }

  get count(): number {
    return this.location.positions.length;
  }

  read(image: number, pixels: Uint8Array): void {
    const { imageBytes, positions } = this.location;
    this.#file.read(pixels, positions[image] * imageBytes);
  }

  pick(indices: Uint32Array): ImageFile {
    const { positions } = this.location;
    return new ImageFile(
      { ...this.location, positions: indices.map((index) => positions[index]) },
      this.#file,
    );
  }
}
