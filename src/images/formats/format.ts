import type { DecodedImage, Size } from '../decodedImage.js';

export type Bytes = Uint8Array<ArrayBuffer>;

/** A decoded image file. */
export interface DecodedFile extends DecodedImage {
  /** Notes for the user about how the file was read, such as that only its first frame was used. */
  readonly note?: string;
}

/** The note about an animation. */
export const ANIMATED_NOTE = 'animated: only the first frame is used';

/** How to read image files of one format. */
export interface ImageFormat {
  readonly name: string;
  /**
   * The size that the file states, which may be read from its first bytes alone; undefined if it is not found, so that the image
   * must be decoded to determine it.
   */
  readonly size: (bytes: Bytes) => Size | undefined;
  /** The Exif orientation, from 1 to 8. */
  readonly orientation?: (bytes: Bytes) => number;
  readonly decode: (bytes: Bytes) => DecodedFile | Promise<DecodedFile>;
}
