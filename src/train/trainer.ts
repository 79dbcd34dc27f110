import { InklingError } from '../core/errors.js';
import type { Random } from '../core/random.js';
import { sequentialOrder, shuffledOrder } from '../data/batches.js';
import type { Split } from '../data/split.js';
import type { EpochRecord } from './epochRecord.js';
import type { TrainingEvent } from './events.js';
import { metricsOf } from './metrics.js';
import { averageShare } from './optimization/averages.js';
import { biasCorrections } from './optimization/optimizers.js';
import { batchesOf } from './batches.js';
import type { Session } from './session.js';

export interface TrainingOptions {
  readonly epochs: number;
  /** Records of epochs that were completed before, when training is resumed. */
  readonly done?: readonly EpochRecord[];
  readonly batchSize: number;
  /** The learning rate of each step of the run, counted from 0. */
  readonly learningRateOf: (step: number) => number;
  /** Decay of the moving average of the weights, if there is one. */
  readonly emaDecay?: number | undefined;
  /** Training stops early after this many epochs without improvement. */
  readonly patience?: number | undefined;
  /** Indices of the training and validation images. */
  readonly split: Split;
  /** The class of each image, by index. */
  readonly labels: Uint8Array;
  readonly classes: number;
  /** PyTorch's default generator, after the initial weights were drawn. */
  readonly generator: Random;
  /** A separate stream for dropout. */
  readonly dropoutGenerator: Random;
  /** A separate stream for augmentation. */
  readonly augmentGenerator: Random;
  readonly signal: AbortSignal | undefined;
}

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
   * @param isBest whether its validation is better than that of all epochs before
   */
  onEpoch(record: EpochRecord, isBest: boolean): Promise<void>;
}

/** The loss became infinite or NaN. */
export class DivergedError extends InklingError {
  override name = 'DivergedError';
}

/** What training needs of a session. */
export type TrainableSession = Pick<Session, 'setOrder' | 'train' | 'score'>;

/** How many steps run between two checks of the time, the loss and the signal. */
const STEPS_PER_RUN = 32;

/** Trains a session's model; when the signal aborts, returns without the unfinished epoch. */
export async function train(
  session: TrainableSession,
  options: TrainingOptions,
  observer: TrainingObserver,
): Promise<TrainingSummary> {
  const epochs = [...(options.done ?? [])];
  let best = bestOf(epochs);
  for (let epoch = epochs.length + 1; epoch <= options.epochs; epoch++) {
    const training = await trainEpoch(session, options, epoch, observer);
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
    const isBest = best === undefined || isBetter(record, best);
    if (best === undefined || isBest) best = record;
    await observer.onEpoch(record, isBest);
    epochs.push(record);
    observer.onEvent({ type: 'epoch', isBest, record });
    const isLast = epoch === options.epochs;
    if (!isLast && epoch - best.epoch === options.patience) return { epochs, stopReason: 'early' };
  }
  return { epochs, stopReason: 'completed' };
}

/** One pass over the training images; undefined if it was interrupted. */
async function trainEpoch(
  session: TrainableSession,
  options: TrainingOptions,
  epoch: number,
  observer: TrainingObserver,
): Promise<{ loss: number; accuracy: number; learningRate: number; seconds: number } | undefined> {
  const { epochs, split, batchSize, learningRateOf, emaDecay, signal } = options;
  const { generator, dropoutGenerator, augmentGenerator } = options;
  const started = performance.now();
  const images = split.train.length;
  session.setOrder(shuffledOrder(generator, images).map((index) => split.train[index]));
  const batches = batchesOf(images, batchSize);
  const stepsBefore = (epoch - 1) * batches.length;
  let seen = 0;
  let correctSum = 0;
  let lossSum = 0;
  for (let done = 0; done < batches.length; done += STEPS_PER_RUN) {
    if (signal?.aborted === true) return undefined;
    const steps = batches.slice(done, done + STEPS_PER_RUN).map((batch, offset) => {
      const step = stepsBefore + done + offset;
      return {
        ...batch,
        learningRate: learningRateOf(step),
        ...biasCorrections(step + 1),
        averageShare: averageShare(step + 1, emaDecay),
        dropoutSeed: dropoutGenerator.uint32(),
        augmentSeed: augmentGenerator.uint32(),
      };
    });
    const results = await session.train(steps);
    results.forEach(({ loss, correct }, offset) => {
      if (!Number.isFinite(loss)) {
        const step = `${String(done + offset + 1)} of ${String(batches.length)}`;
        throw diverged(loss, `at step ${step} of epoch ${String(epoch)}`, steps[offset].learningRate);
      }
      seen += steps[offset].count;
      correctSum += correct;
      lossSum += loss * steps[offset].count;
    });
    const imagesPerSecond = (seen * 1000) / (performance.now() - started);
    observer.onEvent({
      type: 'progress',
      epoch,
      epochs,
      step: done + steps.length,
      steps: batches.length,
      trainLoss: lossSum / seen,
      imagesPerSecond,
      secondsLeft: ((epochs - epoch + 1) * images - seen) / imagesPerSecond,
    });
  }
  const seconds = (performance.now() - started) / 1000;
  const learningRate = learningRateOf(stepsBefore + batches.length - 1);
  return { loss: lossSum / images, accuracy: correctSum / images, learningRate, seconds };
}

async function validate(session: TrainableSession, { split, labels, classes, generator }: TrainingOptions) {
  const started = performance.now();
  const indices = sequentialOrder(generator, split.validation.length).map((index) => split.validation[index]);
  const scores = await session.score(indices);
  const truth = Uint8Array.from(indices, (index) => labels[index]);
  const { loss, accuracy } = metricsOf(scores, truth, classes);
  return { loss, accuracy, seconds: (performance.now() - started) / 1000 };
}

/** The epoch with the best validation; the first, if several are equal. */
export function bestOf(epochs: readonly EpochRecord[]): EpochRecord | undefined {
  return epochs.reduce<EpochRecord | undefined>(
    (best, epoch) => (best === undefined || isBetter(epoch, best) ? epoch : best),
    undefined,
  );
}

/** Compares accuracies, and losses if the accuracies are equal. */
function isBetter(a: EpochRecord, b: EpochRecord): boolean {
  if (a.validationAccuracy !== b.validationAccuracy) return a.validationAccuracy > b.validationAccuracy;
  return a.validationLoss < b.validationLoss;
}

function diverged(loss: number, where: string, learningRate: number): DivergedError {
  return new DivergedError(
    `train: the loss became ${String(loss)} ${where}, with learning rate ${String(Number(learningRate.toPrecision(4)))}; ` +
      'lower the learning rate (--lr), or check the data for extreme values',
  );
}
