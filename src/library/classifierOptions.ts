import type { OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import type { SaliencyRequest } from '../explain/explainer.js';

/** How a classifier computes. */
export interface ClassifierOptions {
  /**
   * The number of threads that compute, by default one, the calling thread, which is fastest for a few images. Where threads are not
   * available, it is one as well, as `Classifier.threads` shows.
   */
  readonly threads?: number | undefined;
}

/** How to load a classifier. */
export interface LoadOptions extends ClassifierOptions {
  /** Abandons loading. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of what a classifier does with an image. */
export interface ImageOptions {
  /** Abandons the operation, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How to classify. */
export interface ClassifyOptions extends ImageOptions {
  /** How many classes to rank in `top`, at least 1; by default 2. */
  readonly top?: number | undefined;
}

/** What is explained, and how. */
export interface SaliencyOptions extends ImageOptions, SaliencyRequest {}

export const IMAGE_OPTIONS: OptionKinds<ImageOptions> = { signal: kinds.signal };

export const CLASSIFY_OPTIONS: OptionKinds<ClassifyOptions> = { ...IMAGE_OPTIONS, top: kinds.count };

/** What they name is checked by what explains. */
export const SALIENCY_OPTIONS: OptionKinds<SaliencyOptions> = {
  ...IMAGE_OPTIONS,
  method: kinds.anything,
  layer: kinds.anything,
  label: kinds.anything,
};
