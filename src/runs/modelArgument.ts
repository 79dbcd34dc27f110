import { UsageError } from '../core/errors.js';
import { hasModelExtension } from '../interop/foreignFile.js';
import { existingPath, looksLikeImagePath } from '../predict/findImages.js';
import { namesBackbone, namesTrainedModel, unknownRun } from './resolveModel.js';

/** The arguments of a command that classifies images. */
export interface ModelAndImages {
  /** The run or the file of the model, if one was given. */
  readonly model: string | undefined;
  readonly images: readonly string[];
}

/**
 * Separates the model from the images, which can be given in any order. A model is a run, a backbone, or a file that looks like a model, even
 * if it does not exist: the bundled model must not be used in its place.
 *
 * @param command for the text of errors
 * @throws {UsageError} when there are several models, no images, or a word that is neither
 */
export function splitModelAndImages(
  command: string,
  words: readonly string[],
  runDir: string,
): ModelAndImages {
  const models = words.filter(
    (word) => namesTrainedModel(word, runDir) || namesBackbone(word, runDir) || hasModelExtension(word),
  );
  const images = words.filter((word) => !models.includes(word));
  const unknown = images.find((word) => existingPath(word) === undefined && !looksLikeImagePath(word));
  if (unknown !== undefined) throw unknownRun(unknown, runDir, 'run or image');
  if (models.length > 1) {
    throw new UsageError(
      `${command}: expected one model, got ${models.length}: ${models.join(', ')}; use a separate command for each`,
    );
  }
  const [model] = models;
  if (images.length > 0) return { model, images };
  throw new UsageError(
    `${command}: expected images besides the model "${model}", got none; add a file, folder, or pattern`,
  );
}
