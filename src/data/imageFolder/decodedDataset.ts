import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { option } from '../../core/optionName.js';
import { InklingError, MachineError } from '../../core/errors.js';
import { writingProblem } from '../../platform/optionalWrites.js';
import { type Dataset, withNotes } from '../dataset.js';
import type { DatasetUse } from '../holdOutTest.js';
import { cacheKey, readCache, withoutCache, writeCache } from './cache.js';
import type { CollectedFiles, DecodedFiles } from './decodedFiles.js';
import type { DecodeOptions, TargetShape } from './decodeFiles.js';
import { describeUnreadable, imageFolderDataset } from './imageFolderDataset.js';

export interface ImageFolderOptions extends DecodeOptions {
  readonly target: TargetShape;
  /** The classes that define the labels, if a model already does. */
  readonly classes?: readonly string[] | undefined;
  readonly use: DatasetUse;
  /** Skips files that cannot be decoded, which are otherwise an error. */
  readonly skipUnreadable: boolean;
  /** Where decoded images are cached. */
  readonly cacheFolder: string;
}

/** Decoded image files, and why they could not be cached. */
interface Decoded {
  readonly decoded: DecodedFiles;
  readonly cacheProblem: string | undefined;
}

/**
 * Decodes image files, unless they are cached.
 *
 * @param key changes whenever a file does; it is read more than once
 * @param decode is given a folder for temporary files
 */
export async function decodeOrReadCache(
  path: string,
  key: Iterable<string>,
  { target, cacheFolder }: ImageFolderOptions,
  decode: (scratchFolder: string) => Promise<CollectedFiles>,
): Promise<Decoded> {
  const folder = join(cacheFolder, 'image-folders');
  const { size, channels, inputKind = 'image' } = target;
  const keyFor = (wanted: number | undefined) =>
    cacheKey([path, JSON.stringify([size?.width, size?.height, wanted, inputKind])], key);
  const hash = keyFor(channels);
  const cached =
    readCache(folder, hash) ?? (channels === 3 ? readColors(folder, keyFor(undefined)) : undefined);
  if (cached !== undefined) return { decoded: cached, cacheProblem: undefined };
  const problem = writingProblem(folder);
  if (problem !== undefined) return { decoded: withoutCache(await decode(tmpdir())), cacheProblem: problem };
  const written = writeCache(folder, hash, await decode(cacheFolder));
  return { decoded: written.decoded, cacheProblem: written.problem };
}

/** Files that were decoded without a model, if they are in color: decoding them for one with three channels gives the same. */
function readColors(folder: string, key: string): DecodedFiles | undefined {
  const cached = readCache(folder, key);
  return cached?.shape[2] === 3 ? cached : undefined;
}

/**
 * Makes a data set from decoded image files.
 *
 * @throws {InklingError} when some cannot be decoded and are not to be skipped
 */
export function decodedDataset(
  origin: { readonly path: string; readonly name: string },
  { decoded, cacheProblem }: Decoded,
  { skipUnreadable, use, classes }: ImageFolderOptions,
): Dataset {
  const { path } = origin;
  if (decoded.hasMachineFailures && !skipUnreadable) {
    throw new MachineError(
      `${path}: ${describeUnreadable(decoded.unreadable)}; try again, since the machine is the cause for at least one of them`,
    );
  }
  if (decoded.unreadable.length > 0 && !skipUnreadable) {
    throw new InklingError(
      `${path}: ${describeUnreadable(decoded.unreadable)}; repair or remove the files, or skip them with ${option('skipUnreadable')}`,
    );
  }
  const dataset = imageFolderDataset(origin, decoded, use, classes);
  if (cacheProblem === undefined) return dataset;
  const note = `not cached, so the images will be decoded again next time: ${cacheProblem}`;
  return withNotes(dataset, [note]);
}
