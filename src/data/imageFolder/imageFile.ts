import { OpenFile } from '../../platform/openFile.js';
import type { StoredImages } from '../dataset.js';

/** Where images are in a file. */
export interface ImageFileLocation {
  readonly path: string;
  /** The size of an image. */
  readonly imageBytes: number;
  /** The place of each image: how many images are before it in the file. */
  readonly places: Uint32Array;
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
    return new ImageFile({ path, imageBytes, places: Uint32Array.from({ length: count }, (_, i) => i) });
  }

  get count(): number {
    return this.location.places.length;
  }

  read(image: number, pixels: Uint8Array): void {
    const { imageBytes, places } = this.location;
    this.#file.read(pixels, places[image] * imageBytes);
  }

  pick(indices: Uint32Array): ImageFile {
    const { places } = this.location;
    return new ImageFile({ ...this.location, places: indices.map((index) => places[index]) }, this.#file);
  }
}
