import { basename, join, resolve } from 'node:path';
import { kindOf } from '../platform/files.js';
import { readSavedModel } from '../predict/load.js';
import { PRETRAINED_RUN } from '../predict/pretrained.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import { readFinishedRun } from './readRun.js';
import { CONFIG_FILE } from './runFolder.js';

/**
 * The folder of a run.
 *
 * @param name a path to a run folder, or the name of a run
 * @param runDir the folder that contains the runs
 */
export function resolveRunFolder(name: string, runDir: string): string {
  return kindOf(name) === 'folder' ? name : join(runDir, name);
}

/** The path to a trained model: `name` itself if it is a file, otherwise the folder of the run with that name. */
export function resolveModelPath(name: string, runDir: string): string {
  return kindOf(name) === 'file' ? name : resolveRunFolder(name, runDir);
}

/**
 * Reads a trained model by name.
 *
 * @param name a run, a run folder or a checkpoint file; undefined for the bundled pretrained model
 * @throws {InklingError} when there is no such run, or it did not finish
 */
export function resolveTrainedModel(name: string | undefined, runDir: string): TrainedModel {
  return readTrainedModel(name === undefined ? PRETRAINED_RUN : resolveModelPath(name, runDir));
}

/** Whether a word names a run or a checkpoint file that exists. */
export function namesTrainedModel(word: string, runDir: string): boolean {
  if (word.endsWith('.safetensors')) return kindOf(word) === 'file';
  return kindOf(join(resolveRunFolder(word, runDir), CONFIG_FILE)) === 'file';
}

/**
 * Reads the best weights of a finished run, or a checkpoint file.
 *
 * @param path a run folder or a checkpoint file
 * @throws {InklingError} when it is neither, or the run did not finish
 */
export function readTrainedModel(path: string): TrainedModel {
  const calibration = kindOf(path) === 'file' ? undefined : readFinishedRun(path).summary.calibration;
  return { name: basename(resolve(path)), saved: readSavedModel(path), calibration };
}
