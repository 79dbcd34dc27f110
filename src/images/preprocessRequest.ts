import type { ModelInputs } from './concern.js';
import type { DecodeProblem } from './decodeErrors.js';
import type { PreprocessOptions } from './preprocess.js';

/** From the owner to the worker. */
export interface PreprocessRequest extends PreprocessOptions {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Larger images are not decoded now. */
  readonly maxPixels?: number;
}

/** Model inputs made from an image file. */
export interface FileInputs extends ModelInputs {
  /** A note if only a part of the file was read, such as its first frame. */
  readonly note?: string;
}

/** From the worker to the owner: model inputs, or why there are none; `large` for an image with more pixels than requested. */
export type PreprocessResponse = FileInputs | DecodeProblem | 'large';
