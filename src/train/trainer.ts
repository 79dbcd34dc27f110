import type { Config } from './config.js';
import type { EpochRecord } from './epochRecord.js';
import type { TrainingEvent } from './events.js';
import type { ScoredLogits } from './session.js';
import { diverged } from './epoch/diverged.js';
import { type TrainableSession, trainEpoch, type TrainingOptions, validate } from './epoch/trainEpoch.js';

/** The validation metric that selects the best epoch. */
type Monitor = Config['monitor'];

/** How training ended. */
export interface TrainingSummary {
  readonly epochs: readonly EpochRecord[];
  /** `early` if patience ran out. */
  readonly stopReason: 'completed' | 'early' | 'interrupted';
}

/** Receives the events of training. */
export interface TrainingObserver {
  onEvent(event: TrainingEvent): void;
  /**
   * Called after each epoch, before its event, while the session holds its weights.
   *
   * @param isBest whether its validation is better than that of all previous epochs
   * @param scores of the validation images
   */
  onEpoch(record: EpochRecord, isBest: boolean, scores: ScoredLogits): Promise<void>;
}

/** Trains a session's model; when the signal aborts, returns without the unfinished epoch. */
export async function train(
  session: TrainableSession,
  options: TrainingOptions,
  observer: TrainingObserver,
): Promise<TrainingSummary> {
  const epochs = [...(options.done ?? [])];
  let best = bestOf(epochs, options.monitor);
  for (let epoch = epochs.length + 1; epoch <= options.epochs; epoch++) {
    if (best !== undefined && epoch - 1 - best.epoch >= (options.patience ?? Infinity)) {
      return { epochs, stopReason: 'early' };
    }
    const training = await trainEpoch(session, options, epoch, (event) => {
      observer.onEvent(event);
    });
    if (training === undefined) return { epochs, stopReason: 'interrupted' };
    const validation = await validate(session, options);
    if (!Number.isFinite(validation.loss)) {
      throw diverged(validation.loss, `in the validation of epoch ${String(epoch)}`, training.learningRate);
    }
    const record = {
      epoch,
      trainLoss: training.loss,
      trainAccuracy: training.accuracy,
      validationLoss: validation.loss,
      validationAccuracy: validation.accuracy,
      seconds: training.seconds + validation.seconds,
      imagesPerSecond: options.split.train.length / training.seconds,
      learningRate: training.learningRate,
    };
    const isBest = best === undefined || isBetter(record, best, options.monitor);
    if (best === undefined || isBest) best = record;
    await observer.onEpoch(record, isBest, validation.scores);
    epochs.push(record);
    observer.onEvent({ type: 'epoch', isBest, record });
  }
  return { epochs, stopReason: 'completed' };
}

/** The epoch with the best validation; the first of several equal ones. */
export function bestOf(epochs: readonly EpochRecord[], monitor: Monitor): EpochRecord | undefined {
  return epochs.reduce<EpochRecord | undefined>(
    (best, epoch) => (best === undefined || isBetter(epoch, best, monitor) ? epoch : best),
    undefined,
  );
}

/** What epochs are compared by. */
type Validation = Pick<EpochRecord, 'validationLoss' | 'validationAccuracy'>;

/** Compares accuracies, and losses if the accuracies are equal; or losses only. */
export function isBetter(a: Validation, b: Validation, monitor: Monitor): boolean {
  if (monitor === 'accuracy' && a.validationAccuracy !== b.validationAccuracy) {
    return a.validationAccuracy > b.validationAccuracy;
  }
  return a.validationLoss < b.validationLoss;
}
