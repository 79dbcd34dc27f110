import { messageOf } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import { countParameters } from '../models/weights.js';
import { calibrateOnValidation } from './calibrateRun.js';
import type { Config } from './config.js';
import type { RunEvent } from './events.js';
import { fit, type FitHooks } from './fit.js';
import { gatherEvidence } from './gatherEvidence.js';
import { openModel } from './openModel.js';
import { RunFolder, runNameOf } from './runFolder.js';
import { RunLog, type RunOrigin } from './runLog.js';
import type { Summary } from './summary.js';
import { DivergedError } from './trainer.js';

export type { RunEvent } from './events.js';

export interface RunHooks extends RunOrigin {
  readonly onEvent: (event: RunEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface FinishedRun {
  readonly folder: string;
  readonly summary: Summary;
}

/**
 * Trains, validates and tests one network, and keeps everything in a new run folder.
 *
 * @throws {InklingError} when training fails; the folder then says so and keeps the last good checkpoint
 */
export async function trainRun(config: Config, dataset: Dataset, hooks: RunHooks): Promise<FinishedRun> {
  const model = openModel(config.model, { input: dataset.shape, classes: dataset.classes.length });
  const log = new RunLog(config, dataset, model, hooks);
  const folder = new RunFolder(config, runNameOf(config, dataset));
  const emit = (event: RunEvent) => {
    folder.record(event);
    hooks.onEvent(event);
  };
  const finish = (summary: Summary): FinishedRun => {
    folder.saveSummary(summary);
    emit({ type: 'finished', summary });
    return { folder: folder.path, summary };
  };

  emit({ type: 'started', folder: folder.path, config, parameters: countParameters(model) });
  const fitHooks: FitHooks = {
    signal: hooks.signal,
    onStart: ({ simd }) => {
      log.simd = simd;
    },
    onCheckpoint: (which, saved) => {
      folder.saveCheckpoint(which, saved);
    },
    onEvent: (event) => {
      if (event.type === 'epoch') log.addEpoch(event.record, event.isBest);
      emit(event);
    },
  };
  try {
    const fitted = await fit(model, dataset, config, fitHooks);
    const { best, predictions } = fitted;
    if (best !== undefined && fitted.stopReason !== 'interrupted') {
      log.calibration = await calibrateOnValidation(best, dataset, config.splitSeed);
    }
    const summary = log.summary(fitted.stopReason, fitted.test);
    if (best && predictions) {
      folder.saveEvidence(await gatherEvidence(dataset, config.splitSeed, best, predictions));
    }
    return finish(summary);
  } catch (error) {
    finish(log.summary(error instanceof DivergedError ? 'diverged' : 'failed', undefined, messageOf(error)));
    throw error;
  }
}
