import type { FileInputs } from './concern.js';
import type { DecodeProblem, LargeImage } from './decodeErrors.js';
import type { PreprocessOptions } from './preprocess.js';

/** From the owner to the worker. */
export interface PreprocessRequest extends PreprocessOptions {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Larger images are not decoded now. */
  readonly maxPixels?: number;
  /** Larger images are rejected; by default, those of more than `MAX_PIXELS`. */
  readonly largestImage?: number;
}

/** From the worker to the owner: model inputs, or why there are none. */
export type PreprocessResponse = FileInputs | DecodeProblem | LargeImage;
