import type { FileInputs } from './concern.js';
import type { DecodeProblem } from './decodeErrors.js';
import type { PreprocessOptions } from './preprocess.js';

/** From the owner to the worker. */
export interface PreprocessRequest extends PreprocessOptions {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Larger images are not decoded now. */
  readonly maxPixels?: number;
}

/** From the worker to the owner: model inputs, or why there are none; `large` for an image with more pixels than requested. */
export type PreprocessResponse = FileInputs | DecodeProblem | 'large';
