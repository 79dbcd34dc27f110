import { InklingError, MachineError } from '../../core/errors.js';
import { formatPlural, listFirst } from '../../core/format.js';
import type { Size } from '../../images/decodedImage.js';
import type { DecodeProblem } from '../../images/decodeErrors.js';
import { DecodePool } from '../../images/decodePool.js';
import type { InputKind } from '../../images/inputKind.js';
import { hardwareThreads } from '../../platform/host.js';
import { countClasses } from '../classes.js';
import { summarizeSizes, type UnreadableFile } from '../imageFiles.js';
import { DATASET_PARTS } from '../parts.js';
import type { CollectedFiles } from './decodedFiles.js';
import { ImageCollector } from './imageCollector.js';
import { checkRoom, chooseSize } from './imageShape.js';
import type { ClassifiedFile, Layout } from './layout.js';

/** The maximum number of files that a note lists. */
const MAX_LISTED = 5;

/** What images are prepared for: the size and the channels, if they are given, and the input kind. */
export interface TargetShape {
  readonly size?: Size | undefined;
  readonly channels?: number | undefined;
  readonly inputKind?: InputKind | undefined;
}

/** How to follow and abort the decoding of image files. */
export interface DecodeOptions {
  /** Aborts the decoding, which rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each image. */
  readonly onDecode?: ((progress: DecodeProgress) => void) | undefined;
}

/** The progress of decoding the image files of a data set. */
export interface DecodeProgress {
  readonly location: string;
  readonly decodedFiles: number;
  readonly totalFiles: number;
}

/**
 * Decodes all image files of a data set on all cores, and resizes them to one shape. If all are grayscale, the result has one
 * channel unless `target` says otherwise.
 *
 * @param location the data set, for error messages
 * @param folder for images that are too large for memory
 * @throws {InklingError} when there is no room for the images, or none can be decoded
 */
export async function decodeFiles(
  { classes, files, notes }: Layout,
  target: TargetShape,
  location: string,
  folder: string,
  { signal, onDecode }: DecodeOptions = {},
): Promise<CollectedFiles> {
  const { channels = 3 } = target;
  if (channels !== 1 && channels !== 3) {
    throw new InklingError(
      `${location}: the model takes ${channels} channels, expected 1 or 3 for image files; choose another model`,
    );
  }
  const problems = new ProblemList();
  const fileNotes: FileNote[] = [];
  const pool = new DecodePool({ threads: hardwareThreads(), signal });
  let collector: ImageCollector | undefined;
  try {
    const sizes = await measureFiles(pool, files, problems);
    const measured = files.filter((_, index) => sizes[index] !== undefined);
    const filesOfImages = measured.map(({ file }) => file);
    const known = sizes.filter((size) => size !== undefined);
    if (known.length === 0) {
      throw new InklingError(
        `${location}: none of the files can be decoded: ${problems.files[0].file}: ${problems.files[0].problem}`,
      );
    }
    const size = target.size ?? chooseSize(known);
    const shape = [size.height, size.width, channels];
    checkRoom(measured.length, shape, location, folder);
    collector = new ImageCollector(measured.length, shape, target.channels === undefined, folder);
    const collected = collector;
    let done = 0;
    await pool.resize(
      filesOfImages,
      shape,
      (index, result) => {
        if ('problem' in result) problems.add(filesOfImages[index].name, result);
        else {
          if (result.note !== undefined)
            fileNotes.push({ file: filesOfImages[index].name, note: result.note });
          collected.add(index, result.pixels);
        }
        onDecode?.({ location, decodedFiles: ++done, totalFiles: measured.length });
      },
      target.inputKind,
    );
    const decoded = measured.filter((_, index) => collected.has(index));
    return {
      classes,
      ...collected.finish(),
      files: decoded.map(({ file }) => file.name),
      counts: DATASET_PARTS.map((part) => {
        const labels = decoded.filter((image) => image.part === part).map(({ label }) => label);
        return countClasses(labels, classes.length);
      }),
      sizes: summarizeSizes(known),
      unreadable: problems.files.sort(byFile),
      notes: [...notes, ...describeNotes(fileNotes.sort(byFile))],
      hasMachineFailures: problems.hasMachineFailures,
      hasSlowFiles: problems.hasSlowFiles,
    };
  } catch (error) {
    throw error instanceof MachineError
      ? new MachineError(`${location}: ${error.message}`, { cause: error })
      : error;
  } finally {
    try {
      await pool.close();
    } finally {
      collector?.discard();
    }
  }
}

/** A note if only a part of a file was read. */
interface FileNote {
  readonly file: string;
  readonly note: string;
}

/** One line for each kind of note: `2 files animated: only the first frame is used: a.gif, b.gif`. */
function describeNotes(notes: readonly FileNote[]): string[] {
  return [...new Set(notes.map(({ note }) => note))].map((kind) => {
    const files = notes.filter(({ note }) => note === kind).map(({ file }) => file);
    return `${formatPlural(files.length, 'file')} ${kind}: ${listFirst(files, MAX_LISTED)}`;
  });
}

/** The files that cannot be decoded. */
class ProblemList {
  readonly files: UnreadableFile[] = [];
  hasMachineFailures = false;
  hasSlowFiles = false;

  add(file: string, { problem, isMachineFailure, isTooSlow = false }: DecodeProblem): void {
    this.files.push({ file, problem });
    this.hasMachineFailures ||= isMachineFailure;
    this.hasSlowFiles ||= isTooSlow;
  }
}

function byFile(a: { readonly file: string }, b: { readonly file: string }): number {
  return a.file < b.file ? -1 : 1;
}

/** The size of each image; undefined for files that cannot be decoded. */
async function measureFiles(
  pool: DecodePool,
  files: readonly ClassifiedFile[],
  problems: ProblemList,
): Promise<(Size | undefined)[]> {
  const sizes = new Array<Size | undefined>(files.length).fill(undefined);
  const candidates = [...files.keys()].filter((index) => files[index].file.problem === undefined);
  for (const { file } of files) {
    const { name, problem } = file;
    if (problem !== undefined) problems.add(name, { problem, isMachineFailure: false });
  }
  await pool.measure(
    candidates.map((index) => files[index].file),
    (candidate, result) => {
      const index = candidates[candidate];
      if ('problem' in result) problems.add(files[index].file.name, result);
      else sizes[index] = result;
    },
  );
  return sizes;
}
