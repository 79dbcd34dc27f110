import { messageOf } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import { resolveModel } from '../models/resolve.js';
import type { ResolvedModel } from '../models/resolved.js';
import { assertAugmentable } from '../plan/augmentation.js';
import { readSavedModel } from '../predict/load.js';
import { calibrateOnValidation } from './calibrateRun.js';
import type { Config } from '../train/config.js';
import type { RunEvent } from './events.js';
import { type Backbone, backboneFor, frozenParameters } from '../train/fineTune.js';
import { fit, type FitHooks, type FitStart } from '../train/fit.js';
import { recordPredictions } from './recordPredictions.js';
import { assertWeightPerClass } from '../train/loss.js';
import { openModel } from '../train/openModel.js';
import { assertSameImages, fingerprintOf, type ResumePoint } from './resume.js';
import { RunFolder, runNameOf } from './runFolder.js';
import { beginHistory, RunSummaryBuilder, type RunOrigin } from './runSummaryBuilder.js';
import type { RunSummary } from './runSummary.js';
import { DivergedError } from '../train/trainer.js';

export interface RunHooks extends RunOrigin {
  readonly onEvent: (event: RunEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface FinishedRun {
  readonly folder: string;
  readonly summary: RunSummary;
}

/**
 * Trains, validates and tests one network, and keeps everything in a new run folder.
 *
 * @throws {InklingError} when training fails; the folder then says so and keeps the last good checkpoint
 */
export async function trainRun(asked: Config, dataset: Dataset, hooks: RunHooks): Promise<FinishedRun> {
  if (asked.augment) assertAugmentable(asked.augment, dataset.shape);
  assertWeightPerClass(asked.classWeights, dataset.classes.length);
  const backbone = backboneOf(asked, dataset);
  const model = resolveModel(
    backbone?.model ?? openModel(asked.model, { input: dataset.shape, classes: dataset.classes.length }),
  );
  const config = backbone ? { ...asked, model: backbone.model.name } : asked;
  const log = new RunSummaryBuilder(config, dataset, model, {
    ...beginHistory(hooks),
    newHead: backbone?.newHead,
  });
  const folder = RunFolder.claim(config, runNameOf(config, dataset));
  return conduct({ config, dataset, model, log, folder, backbone }, hooks);
}

/** @throws {InklingError} when the network to start from does not fit the data set or the settings */
function backboneOf({ initFrom, freeze = [] }: Config, dataset: Dataset): Backbone | undefined {
  if (initFrom === undefined) return undefined;
  const backbone = backboneFor(readSavedModel(initFrom), dataset, initFrom);
  frozenParameters(resolveModel(backbone.model), freeze);
  return backbone;
}

/**
 * Goes on with a run behind its last finished epoch: the same bits as if it had never stopped.
 *
 * @throws {InklingError} when the data set is another than the run's, or training fails
 */
export async function resumeRun(point: ResumePoint, dataset: Dataset, hooks: RunHooks): Promise<FinishedRun> {
  assertSameImages(point, dataset);
  const { config, state, best } = point;
  const history = { ...point.history, resumedAt: [...point.history.resumedAt, new Date().toISOString()] };
  const model = resolveModel(best.model);
  const log = new RunSummaryBuilder(config, dataset, model, history, state.epochs);
  const folder = RunFolder.reopen(point.folder, config, state.epochs);
  return conduct({ config, dataset, model, log, folder, resume: { state, best } }, hooks);
}

/** A run that is about to begin or go on. */
interface PreparedRun extends FitStart {
  readonly config: Config;
  readonly dataset: Dataset;
  readonly model: ResolvedModel;
  readonly log: RunSummaryBuilder;
  readonly folder: RunFolder;
}

async function conduct(run: PreparedRun, hooks: RunHooks): Promise<FinishedRun> {
  const { config, dataset, model, log, folder } = run;
  const emit = (event: RunEvent) => {
    folder.record(event);
    hooks.onEvent(event);
  };
  const finish = (summary: RunSummary): FinishedRun => {
    folder.saveSummary(summary);
    emit({ type: 'finished', summary });
    return { folder: folder.path, summary };
  };

  emit({
    type: 'started',
    folder: folder.path,
    config,
    parameters: model.parameterCount,
    resumedAfter: run.resume?.state.epochs.length,
    newHead: log.history.newHead,
  });
  const fingerprint = fingerprintOf(dataset);
  const fitHooks: FitHooks = {
    signal: hooks.signal,
    onStart: ({ simd }) => {
      log.simd = simd;
    },
    onCheckpoint: (which, saved) => {
      folder.saveCheckpoint(which, saved);
    },
    onState: (state) => {
      folder.saveTraining({ state, history: log.history, fingerprint });
    },
    onEvent: (event) => {
      if (event.type === 'epoch') log.addEpoch(event.record);
      emit(event);
    },
  };
  try {
    const fitted = await fit(model.model, dataset, config, fitHooks, run);
    const { best, predictions } = fitted;
    if (best !== undefined && fitted.stopReason !== 'interrupted') {
      log.calibration = await calibrateOnValidation(best, dataset, config.splitSeed);
    }
    const summary = log.summary(fitted.stopReason, fitted.test);
    if (best && predictions) {
      folder.savePredictions(
        await recordPredictions(dataset, config.splitSeed, best, predictions, config.tta),
      );
    }
    return finish(summary);
  } catch (error) {
    finish(log.summary(error instanceof DivergedError ? 'diverged' : 'failed', undefined, messageOf(error)));
    throw error;
  }
}
