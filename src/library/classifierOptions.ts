import { UsageError } from '../core/errors.js';
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

/** @throws {UsageError} unless it is a number of classes to rank */
export function checkTop(top: number): void {
  if (Number.isInteger(top) && top >= 1) return;
  throw new UsageError(`top: expected a number of classes, at least 1, got ${top}`);
}
