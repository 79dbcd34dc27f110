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
  /** Those of them that were done before, which training goes on from. */
  readonly done?: readonly EpochRecord[];
  readonly batchSize: number;
  /** The learning rate of each step of the run, counted from 0. */
  readonly learningRateOf: (step: number) => number;
  /** Of the moving average of the weights, where one is kept. */
  readonly emaDecay?: number | undefined;
  /** So many epochs may be no better than the best before training stops. */
  readonly patience?: number | undefined;
  /** Indices of the images to learn from and to validate on. */
  readonly split: Split;
  /** The class of every image the split names. */
  readonly labels: Uint8Array;
  readonly classes: number;
  /** PyTorch's default generator, after it drew the initial weights. */
  readonly generator: Random;
  /** Dropout's own stream. */
  readonly dropoutGenerator: Random;
  /** Augmentation's own stream. */
  readonly augmentGenerator: Random;
  readonly signal: AbortSignal | undefined;
}

/** How training ended. */
export interface TrainingSummary {
  readonly epochs: readonly EpochRecord[];
  /** `early` when patience ended before the epochs did. */
  readonly stopReason: 'completed' | 'early' | 'interrupted';
}

/** Is told of training as it proceeds. */
export interface TrainingObserver {
  onEvent(event: TrainingEvent): void;
  /**
   * Called after each epoch and before its event, while the session has its weights.
   *
   * @param isBest whether it validated better than all before it
   */
  onEpoch(record: EpochRecord, isBest: boolean): Promise<void>;
}

/** The loss became infinite or not a number. */
export class DivergedError extends InklingError {
  override name = 'DivergedError';
}

/** What training needs of a session. */
export type TrainableSession = Pick<Session, 'setOrder' | 'train' | 'score'>;

/** So many steps run between two looks at the clock, the loss and the signal. */
const STEPS_PER_RUN = 32;

/** Trains a session's network; returns early, without the unfinished epoch, when the signal aborts. */
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

/** One pass over the training images; `undefined` when it was stopped on the way. */
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
  session.setOrder(shuffledOrder(generator, images).map((place) => split.train[place]));
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
  const indices = sequentialOrder(generator, split.validation.length).map((place) => split.validation[place]);
  const scores = await session.score(indices);
  const truth = Uint8Array.from(indices, (index) => labels[index]);
  const { loss, accuracy } = metricsOf(scores, truth, classes);
  return { loss, accuracy, seconds: (performance.now() - started) / 1000 };
}

/** The epoch that validated best, the first of equals. */
export function bestOf(epochs: readonly EpochRecord[]): EpochRecord | undefined {
  return epochs.reduce<EpochRecord | undefined>(
    (best, epoch) => (best === undefined || isBetter(epoch, best) ? epoch : best),
    undefined,
  );
}

/** Accuracy decides; the loss where two epochs are level. */
function isBetter(a: EpochRecord, b: EpochRecord): boolean {
  if (a.validationAccuracy !== b.validationAccuracy) return a.validationAccuracy > b.validationAccuracy;
  return a.validationLoss < b.validationLoss;
}

function diverged(loss: number, where: string, learningRate: number): DivergedError {
  return new DivergedError(
    `train: the loss became ${String(loss)} ${where}, with learning rate ${String(Number(learningRate.toPrecision(4)))}; ` +
      'lower the learning rate (--lr), or check the data for values far out of range',
  );
}
