import { checkOptions } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { describeType } from '../core/checkPixels.js';
import { UsageError } from '../core/errors.js';
import { type ByteSource, containsBytes } from '../platform/byteSource.js';
import { Classifier } from './classifier.js';
import type { LoadOptions } from './classifierOptions.js';
import { readModel } from './readModel.js';

/**
 * Loads a model that was saved by Inkling.
 *
 * @param source a `.safetensors` file: its URL, the file itself (`File`, `Blob`), its bytes, or in Node.js its path, or the path of a
 *   run folder. In browsers, a string is a URL, which may be relative to the page.
 * @throws {UsageError} when it is none of these
 * @throws {FetchError} when it cannot be fetched
 * @throws {InklingError} when it cannot be read, or is not such a file
 * @example
 * ```ts
 * const classifier = await loadClassifier('/models/digits.safetensors');
 * const { label, probability, doubt } = await classifier.classify(file);
 * ```
 */
export async function loadClassifier(source: ByteSource, given: LoadOptions = {}): Promise<Classifier> {
  checkOptions('loadClassifier', given, { threads: kinds.count, signal: kinds.signal });
  const { signal, ...options } = given;
  signal?.throwIfAborted();
  // Programs in JavaScript may pass anything.
  if (!(typeof source === 'string' || source instanceof URL || containsBytes(source))) {
    throw new UsageError(
      `loadClassifier: expected the URL, path, or bytes of a .safetensors file, or a File or Blob, got ${describeType(source)}; to use a model in memory, call Classifier.create`,
    );
  }
  const { saved } = await readModel(source, signal);
  const classifier = await Classifier.create(saved, options);
  if (!signal?.aborted) return classifier;
  await classifier.close();
  throw signal.reason;
}
