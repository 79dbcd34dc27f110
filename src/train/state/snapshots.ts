import { InklingError } from '../../core/errors.js';
import { datasetInputKind } from '../../data/inputKind.js';
import type { ModelDefinition, SavedModel } from '../../interop/checkpoint.js';
import type { Config } from '../config.js';
import type { EpochRecord } from '../epochRecord.js';
import type { TrainingTask } from '../task.js';
import { bestOf } from '../trainer.js';
import type { TrainingStart } from './trainingStart.js';

/** A saved model and the record of its epoch. */
export type BestModel = SavedModel & { readonly epoch: EpochRecord };

/** What the models of a training state, except for their weights. */
export function modelDefinitionOf({ model: { model }, dataset, config }: TrainingTask): ModelDefinition {
  const inputKind = config.input ?? datasetInputKind(dataset);
  return { model, classes: dataset.classes, dataset: dataset.name, inputKind };
}

/** Returns a function that counts the training batches in the running statistics after a number of epochs. */
export function batchCounter(
  { model: { model }, split, config }: TrainingTask,
  { backbone, resume }: TrainingStart,
): (epochs: number) => number {
  const steps = Math.ceil(split.train.length / config.batchSize);
  const before = resume
    ? resume.state.batches - resume.state.epochs.length * steps
    : (backbone?.batches ?? (model.probesWithZeros === true ? 1 : 0));
  return (epochs) => before + epochs * steps;
}

/**
 * The best model so far of a training that is resumed; undefined if no epoch was completed.
 *
 * @param snapshot copies the model of the resumed state
 * @throws {InklingError} when the best epoch is not the last one, and its model is missing
 */
export async function resumedBest(
  { resume }: TrainingStart,
  { monitor }: Pick<Config, 'monitor'>,
  snapshot: (epochs: number) => Promise<SavedModel>,
): Promise<BestModel | undefined> {
  const { length: done } = resume?.state.epochs ?? [];
  const epoch = bestOf(resume?.state.epochs ?? [], monitor);
  if (epoch === undefined) return undefined;
  if (epoch.epoch === done) return { ...(await snapshot(done)), epoch };
  if (resume?.best !== undefined) return { ...resume.best, epoch };
  throw new InklingError(
    `resume: expected the model of epoch ${epoch.epoch}, the best of ${done} epochs, got none; restore it, or start a new run`,
  );
}
