import { basename, dirname, join, resolve } from 'node:path';
import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { backboneNames } from '../backbones/backboneNames.js';
import { type BackboneRequest, loadBackbone } from '../backbones/loadBackbone.js';
import { UsageError } from '../core/errors.js';
import { unknownName } from '../core/suggest.js';
import { presetNames } from '../models/presets.js';
import { presetNameOf } from '../models/presetText.js';
import { hasModelExtension } from '../interop/foreignFile.js';
import { kindOf } from '../platform/files.js';
import { namesIn } from '../platform/folders.js';
import { readSavedModel } from '../predict/load.js';
import { PRETRAINED_RUN } from '../predict/pretrained.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import { listRunNames } from './listRuns.js';
import { readFinishedRun } from './readRun.js';
import { CONFIG_FILE } from './runFiles.js';

/** An error does not list the runs if there are more. */
const MAX_LISTED_RUNS = 10;

/**
 * The folder of a run.
 *
 * @param name a path to a run folder, or the name of a run
 * @param runDir the folder that contains the runs
 * @throws {UsageError} when there is no such folder
 */
export function resolveRunFolder(name: string, runDir: string): string {
  const folders = [name, join(runDir, name)];
  // A folder that is not a run is reported when its records are read.
  const found = folders.find(isRunFolder) ?? folders.find((folder) => kindOf(folder) === 'folder');
  if (found !== undefined) return found;
  if (kindOf(name) === 'none') throw unknownRun(name, runDir);
  throw new UsageError(
    `expected a run, got the file "${name}"; to use weights from a file, run "inkling import"`,
  );
}

function isRunFolder(folder: string): boolean {
  return kindOf(join(folder, CONFIG_FILE)) !== 'none';
}

/**
 * The error for a word that does not exist.
 *
 * @param what the word should have named
 */
export function unknownRun(word: string, runDir: string, what = 'run'): UsageError {
  if (backboneNames.includes(word)) {
    const advice = `it is a network that was trained on ImageNet; train it on other photos with "inkling train --backbone ${word}"`;
    return new UsageError(unknownName(what, word, [], advice));
  }
  if (presetNames.includes(presetNameOf(word))) {
    const advice = `it is an untrained preset; train it with "inkling train --model ${word}"`;
    return new UsageError(unknownName(what, word, [], advice));
  }
  const folder = dirname(word);
  const known = folder === '.' ? listRunNames(runDir) : siblingsOf(word);
  if (known.length > 0 && known.length <= MAX_LISTED_RUNS)
    return new UsageError(unknownName(what, word, known));
  const advice = `"inkling runs" lists the runs in a folder, here ${runDir}`;
  return new UsageError(unknownName(what, word, known, advice));
}

/** The paths in the folder of a path. */
function siblingsOf(path: string): string[] {
  const folder = dirname(path);
  return kindOf(folder) === 'folder' ? namesIn(folder).map((name) => join(folder, name)) : [];
}

/** The path to a trained model: `name` itself if it is a file, otherwise the folder of the run with that name. */
export function resolveModelPath(name: string, runDir: string): string {
  if (kindOf(name) === 'file') return name;
  if (kindOf(name) === 'none' && hasModelExtension(name)) throw unknownRun(name, runDir, 'model file');
  return resolveRunFolder(name, runDir);
}

/** Where trained models are looked for. */
export interface ModelSources extends Omit<BackboneRequest, 'name' | 'input'> {
  /** The folder that contains the runs. */
  readonly runDir: string;
}

const SOURCES: OptionKinds<ModelSources> = {
  runDir: kinds.path,
  dataDir: kinds.path,
  environment: kinds.object,
  signal: kinds.signal,
  onProgress: kinds.callback,
};

/**
 * Loads a trained model by name.
 *
 * @param name a run, a run folder, a checkpoint file, or a backbone; undefined for the bundled pretrained model
 * @throws {InklingError} when there is no such run, or it did not finish
 * @throws {BackboneUnavailableError} that names each folder and URL tried
 */
export async function resolveTrainedModel(
  name: string | undefined,
  given: ModelSources,
): Promise<TrainedModel> {
  checkOptions('resolveTrainedModel', given, SOURCES, "{ runDir: 'runs' }");
  const { runDir, ...sources } = given;
  checkValues('resolveTrainedModel', { runDir }, { runDir: SOURCES.runDir });
  if (name === undefined) return readTrainedModel(PRETRAINED_RUN);
  checkValues('resolveTrainedModel', { name }, { name: kinds.text });
  if (!namesBackbone(name, runDir)) return readTrainedModel(resolveModelPath(name, runDir));
  return { name, saved: await loadBackbone({ name, ...sources }) };
}

/** Whether a word names a backbone; a file, folder, or run of the same name comes first. */
export function namesBackbone(word: string, runDir: string): boolean {
  return backboneNames.includes(word) && [word, join(runDir, word)].every((path) => kindOf(path) === 'none');
}

/** Whether a word names a run or a checkpoint file that exists. */
export function namesTrainedModel(word: string, runDir: string): boolean {
  switch (kindOf(word)) {
    case 'file':
      return word.endsWith('.safetensors');
    case 'folder':
      return isRunFolder(word);
    default:
      return isRunFolder(join(runDir, word));
  }
}

/**
 * Reads the best weights of a finished run, or a checkpoint file.
 *
 * @param path a run folder or a checkpoint file
 * @throws {InklingError} when it is neither, or the run did not finish
 */
export function readTrainedModel(path: string): TrainedModel {
  checkValues('readTrainedModel', { path }, { path: kinds.path });
  const name = basename(resolve(path));
  if (kindOf(path) === 'file') return { name, saved: readSavedModel(path) };
  // Runs of earlier versions have their calibration only in their summary.
  const { calibration } = readFinishedRun(path).summary;
  const saved = readSavedModel(path);
  return { name, saved: { ...saved, calibration: saved.calibration ?? calibration } };
}
