import type { ByteSource } from '../platform/byteSource.js';
import { Classifier } from './classifier.js';
import type { LoadOptions } from './classifierOptions.js';
import { readModel } from './readModel.js';

/**
 * Loads a model that was saved by Inkling.
 *
 * @param source a `.safetensors` file: its URL, the file itself (`File`, `Blob`), its bytes, or in Node.js its path, or the path of a
 *   run folder. In browsers, a string is a URL, which may be relative to the page.
 * @throws {FetchError} when it cannot be fetched
 * @throws {InklingError} when it cannot be read, or is not such a file
 * @example
 * ```ts
 * const classifier = await loadClassifier('/models/digits.safetensors');
 * const { label, probability, doubt } = await classifier.classify(file);
 * ```
 */
export async function loadClassifier(
  source: ByteSource,
  { signal, ...options }: LoadOptions = {},
): Promise<Classifier> {
  signal?.throwIfAborted();
  const { saved } = await readModel(source, signal);
  const classifier = await Classifier.create(saved, options);
  if (!signal?.aborted) return classifier;
  await classifier.close();
  throw signal.reason;
}
