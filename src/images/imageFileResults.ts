import { messageOf } from '../core/errors.js';
import type { FileResult } from '../core/files/fileResult.js';
import { readBytes } from '../platform/files.js';
import type { FileInputs } from './concern.js';
import { MAX_IMAGE_FILE_BYTES } from './limits.js';
import type { ImageContent, PreprocessOptions } from './preprocess.js';
import { ImagePreprocessor } from './preprocessor.js';

/** An image file to read, or the problem with a given path. */
export interface FoundImageFile {
  readonly file: string;
  readonly problem?: string;
}

/** How image files are read. */
export interface ReadFilesOptions {
  /** Whether each file shows one object (the default), or a number written in digits. */
  readonly content?: ImageContent | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads image files one after the other as inputs of a model. A file that cannot be read, or for which the task fails, yields an error and
 * does not affect the others.
 *
 * @param model its input, `[height, width, channels]`, and the kind of it
 * @param task computes something for the inputs of a file
 * @throws the signal's reason once it aborts
 */
export async function* imageFileResults<Result extends object>(
  { shape, inputKind }: Omit<PreprocessOptions, 'content'>,
  files: readonly FoundImageFile[],
  task: (inputs: FileInputs, file: string) => Result | Promise<Result>,
  { content = 'single', signal }: ReadFilesOptions = {},
): AsyncGenerator<FileResult<Result>, void> {
  const preprocessor = new ImagePreprocessor(shape, inputKind);
  try {
    for (const { file, problem } of files) {
      signal?.throwIfAborted();
      if (problem !== undefined) yield { file, error: problem };
      else {
        try {
          const bytes = new Uint8Array(readBytes(file, MAX_IMAGE_FILE_BYTES));
          yield { file, ...(await task(await preprocessor.preprocess(bytes, content), file)) };
        } catch (error) {
          yield { file, error: messageOf(error) };
        }
      }
    }
  } finally {
    await preprocessor.close();
  }
}
