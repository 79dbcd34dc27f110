import type { SavedModel } from '../../interop/checkpoint.js';
import type { Progress } from '../../train/events.js';
import type { KnownFeatures } from '../../train/features/setFeatures.js';
import { trainModel } from '../../train/trainModel.js';
import type { CrossFitState } from '../../train/state/crossFit.js';
import type { TrainingStart } from '../../train/state/trainingStart.js';
import type { TrainingTask } from '../../train/task.js';
import type { EngineInfo } from '../../train/trainingHooks.js';
import type { RunHooks } from '../conductRun.js';
import { featureCache } from '../dataset/featureCache.js';
import { checkpointFile } from '../runFiles.js';
import type { Comparison } from './comparison.js';
import type { RecordedRun } from './recordedRun.js';

/** A training that was repeated, wholly or in part. */
export interface RepeatedTraining {
  /** How many epochs were completed. */
  readonly epochs: number;
  /** Undefined if it was interrupted before an engine started. */
  readonly engine: EngineInfo | undefined;
  /** The model that the run tested, if training came that far. */
  readonly tested: SavedModel | undefined;
  readonly features: KnownFeatures | undefined;
  /** What the calibration of that model was fitted to. */
  readonly crossFit: CrossFitState | undefined;
}

/**
 * Repeats the training of a run, and ends it after the first epoch with a difference.
 *
 * @param epochs how many to train at most
 */
export async function repeatTraining(
  run: RecordedRun,
  { task, start }: { readonly task: TrainingTask; readonly start: TrainingStart },
  { epochs, comparison }: { readonly epochs: number; readonly comparison: Comparison },
  { signal, onEvent }: Pick<RunHooks, 'signal' | 'onEvent'>,
): Promise<RepeatedTraining> {
  const enough = new AbortController();
  const testedEpochs = run.summary?.test && run.summary.epochs.length;
  let position: Pick<Progress, 'epoch' | 'step'> = { epoch: 1, step: 0 };
  let completed = 0;
  let engine: EngineInfo | undefined;
  let best: SavedModel | undefined;
  let tested: SavedModel | undefined;
  let crossFit: CrossFitState | undefined;
  const { features } = await trainModel(
    task,
    {
      signal: signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]),
      featureCache: featureCache(),
      onStart: (started) => {
        engine = started;
      },
      // Groups of steps end where the run recorded its loss.
      beforeSteps: () => Promise.resolve(comparison.stepsUntilRecorded(position)),
      onState: (state) => {
        comparison.addState(state);
        if (state.epochs.length === testedEpochs) ({ crossFit } = state);
      },
      onCheckpoint: (which, saved) => {
        if (which === 'best') best = saved;
        else if (completed === run.completed) comparison.addWeights(checkpointFile('last'), completed, saved);
      },
      onEvent: (event) => {
        onEvent?.(event);
        if (event.type === 'progress') {
          position = event;
          comparison.addProgress(event);
        }
        if (event.type !== 'epoch') return;
        const { epoch } = event.record;
        completed = epoch;
        position = { epoch: epoch + 1, step: 0 };
        comparison.addEpoch(event.record);
        if (event.isBest && best !== undefined) comparison.addWeights(checkpointFile('best'), epoch, best);
        if (epoch === testedEpochs) tested = best;
        if (comparison.difference !== undefined || epoch === epochs) enough.abort();
      },
    },
    start,
  );
  return { epochs: completed, engine, tested, features, crossFit };
}
