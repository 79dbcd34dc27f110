import { join } from 'node:path';
import { checkArray } from '../../core/arguments/checkArguments.js';
import { checkOptions, checkValues } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { UsageError } from '../../core/errors.js';
import { fileBytes, kindOf, readRange, writeFileAtomic } from '../../platform/files.js';
import { makeFolder } from '../../platform/folders.js';
import { readVerification } from '../../runs/verify/verificationFile.js';
import { encodeCitation } from './citation.js';
import { readReportFile } from '../input/reportFile.js';
import { readCompanionRun } from './companionRun.js';
import { MARK } from './mark.js';
import { encodeModelCard } from './modelCard.js';
import { encodeRunEvents, EVENT_FILE } from './tensorboard/runEvents.js';

const CARD_FILE = 'README.md';
const CITATION_FILE = 'CITATION.cff';
const TENSORBOARD_FOLDER = 'tensorboard';

/** How much of a file is searched for the mark of files that may be replaced. */
const SEARCHED_BYTES = 1024;

/** Who made a model, for its companion files. */
export interface CompanionOptions {
  /** The title of the model card and the citation; by default that of the first run's `report.json`, or what the model is. */
  readonly title?: string | undefined;
  /** One or several, by default those of `report.json`; without any, there is no citation. */
  readonly author?: string | readonly string[] | undefined;
}

/** The paths of companion files. */
export interface WrittenCompanions {
  /** `README.md` with the metadata of the Hugging Face Hub. */
  readonly modelCard: string | undefined;
  /** `CITATION.cff`; undefined without an author. */
  readonly citation: string | undefined;
  /** A folder with the event files of all runs, for `tensorboard --logdir`. */
  readonly tensorboard: string;
  /** Files that were left as they are, because Inkling did not write them, or someone has claimed them. */
  readonly kept: readonly string[];
}

/**
 * Writes what accompanies a model: a model card and a citation for the first run, and event files for TensorBoard for all of them. A model
 * card or a citation that Inkling did not write is not replaced.
 *
 * @param folders of runs with test results, at least one
 * @param out the folder to write to, which is created if necessary
 * @throws {InklingError} if a run cannot be read, or a file cannot be written
 */
export function writeCompanions(
  folders: readonly string[],
  out: string,
  options: CompanionOptions = {},
): WrittenCompanions {
  checkArray('writeCompanions', folders, 'run folders');
  checkValues('writeCompanions', { out }, { out: kinds.path });
  checkOptions('writeCompanions', options, { title: kinds.string, author: kinds.anything });
  if (folders.length === 0) {
    throw new UsageError('writeCompanions: expected at least one run folder, got an empty array');
  }
  const titles = readReportFile(folders[0]);
  const { title = titles.title, author = titles.author ?? [] } = options;
  const authors = typeof author === 'string' ? [author] : author;
  const runs = folders.map(readCompanionRun);
  const [first] = runs;
  makeFolder(out);
  const tensorboard = join(out, TENSORBOARD_FOLDER);
  for (const run of runs) {
    const folder = join(tensorboard, run.name);
    makeFolder(folder);
    writeFileAtomic(join(folder, EVENT_FILE), encodeRunEvents(run, run === first ? runs : []));
  }
  const kept: string[] = [];
  const write = (name: string, content: string): string | undefined => {
    const file = join(out, name);
    if (!isReplaceable(file)) {
      kept.push(file);
      return undefined;
    }
    writeFileAtomic(file, content);
    return file;
  };
  const modelCard = write(
    CARD_FILE,
    encodeModelCard(first, { title, authors }, readVerification(folders[0])),
  );
  const citation =
    authors.length === 0 ? undefined : write(CITATION_FILE, encodeCitation(first, { title, authors }));
  return { modelCard, citation, tensorboard, kept };
}

function isReplaceable(file: string): boolean {
  if (kindOf(file) !== 'file') return true;
  const head = readRange(file, 0, Math.min(SEARCHED_BYTES, fileBytes(file)));
  return new TextDecoder().decode(head).includes(MARK);
}
