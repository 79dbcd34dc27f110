import { join } from 'node:path';
import { kindOf } from '../platform/files.js';
import { PRETRAINED_RUN } from '../predict/pretrained.js';
import { CONFIG_FILE } from '../runs/runFolder.js';
import { readTrainedModel, type TrainedModel } from '../runs/readRun.js';
import { runFolderOf } from './runFolders.js';

/**
 * The network to ask: of a run or a checkpoint file, or without a name the one that comes with the package.
 *
 * @throws {InklingError} when there is no such run, or it never finished
 */
export function trainedModelOf(name: string | undefined, runDir: string): TrainedModel {
  if (name === undefined) return readTrainedModel(PRETRAINED_RUN);
  return readTrainedModel(kindOf(name) === 'file' ? name : runFolderOf(name, runDir));
}

/** Whether a word names a run or a checkpoint file. */
export function isTrainedModel(word: string, runDir: string): boolean {
  if (word.endsWith('.safetensors')) return kindOf(word) === 'file';
  return kindOf(join(runFolderOf(word, runDir), CONFIG_FILE)) === 'file';
}
