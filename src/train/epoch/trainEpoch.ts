import { option } from '../core/optionName.js';
import { DivergedError } from '../core/errors.js';
import type { Random } from '../core/random.js';
import { balancedOrder, type SamplingMethod, sequentialOrder, shuffledOrder } from '../data/batches.js';
import type { Split } from '../data/split.js';
import { batchesOf } from './batches/batches.js';
import type { Config } from './config.js';
import type { EpochRecord } from './epochRecord.js';
import type { TrainingEvent } from './events.js';
import { metricsOf } from './metrics.js';
import { averageShare } from './optimization/averages.js';
import { biasCorrections } from './optimization/optimizers.js';
import type { Session } from './session.js';
import { type Labels, pickLabels } from '../data/classes.js';

export interface TrainingOptions {
  readonly epochs: number;
  /** Records of the epochs that were completed before training was resumed. */
  readonly done?: readonly EpochRecord[];
  readonly batchSize: number;
  /** The learning rate of each step of the run, counted from 0. */
  readonly learningRateOf: (step: number) => number;
  /** Decay of the moving average of the weights, if there is one. */
  readonly emaDecay?: number | undefined;
  /** The validation metric that selects the best epoch. */
  readonly monitor: Config['monitor'];
  /** Training stops early after this many epochs without improvement. */
  readonly patience?: number | undefined;
  readonly sampling: SamplingMethod;
  /** Indices of the training and validation images. */
  readonly split: Split;
  /** The class of each image, by index. */
  readonly labels: Labels;
  readonly classes: number;
  /** PyTorch's default generator, after the initial weights were drawn. */
  readonly generator: Random;
  /** A separate stream for dropout. */
  readonly dropoutGenerator: Random;
  /** A separate stream for augmentation. */
  readonly augmentGenerator: Random;
  readonly signal: AbortSignal | undefined;
  /** See `TrainingHooks`. */
  readonly beforeSteps?: (() => Promise<number | undefined>) | undefined;
}

/** The part of a session that training uses. */
export type TrainableSession = Pick<Session, 'setOrder' | 'train' | 'score'>;

/** The largest number of steps between two checks of the time, the loss and the signal, and that of the first steps. */
const MAX_STEPS_PER_RUN = 32;
const FIRST_STEPS = 4;
/** Slow networks check more often, so that an interruption takes effect soon. */
const MAX_RUN_MS = 300;

/** One pass over the training images; undefined if it was interrupted. */
export async function trainEpoch(
  session: TrainableSession,
  options: TrainingOptions,
  epoch: number,
  onEvent: (event: TrainingEvent) => void,
): Promise<{ loss: number; accuracy: number; learningRate: number; seconds: number } | undefined> {
  const { epochs, split, batchSize, learningRateOf, emaDecay, signal } = options;
  const { dropoutGenerator, augmentGenerator } = options;
  let started = performance.now();
  const images = split.train.length;
  session.setOrder(trainingOrder(options), epoch - 1);
  const batches = batchesOf(images, batchSize);
  const stepsBefore = (epoch - 1) * batches.length;
  let seen = 0;
  let correctSum = 0;
  let lossSum = 0;
  let size = FIRST_STEPS;
  for (let next = 0; next < batches.length;) {
    const done = next;
    const asked = performance.now();
    const most = (await options.beforeSteps?.()) ?? size;
    // The time during which training is held is not its own.
    started += performance.now() - asked;
    if (signal?.aborted === true) return undefined;
    const steps = batches.slice(done, done + Math.min(size, most)).map((batch, offset) => {
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
    const runStarted = performance.now();
    const results = await session.train(steps);
    const msPerStep = (performance.now() - runStarted) / steps.length;
    next += steps.length;
    size = Math.max(1, Math.min(MAX_STEPS_PER_RUN, Math.floor(MAX_RUN_MS / msPerStep)));
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
    onEvent({
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

/** The training images that an epoch visits, in order. */
function trainingOrder({ sampling, generator, split: { train }, labels }: TrainingOptions): Uint32Array {
  const order =
    sampling === 'balanced'
      ? balancedOrder(generator, pickLabels(labels, train))
      : shuffledOrder(generator, train.length);
  return order.map((index) => train[index]);
}

/** Scores the validation images. */
export async function validate(
  session: TrainableSession,
  { split, labels, classes, generator }: TrainingOptions,
) {
  const started = performance.now();
  const indices = sequentialOrder(generator, split.validation.length).map((index) => split.validation[index]);
  const scores = await session.score(indices);
  const { loss, accuracy } = metricsOf(scores, pickLabels(labels, indices), classes);
  return { loss, accuracy, scores, seconds: (performance.now() - started) / 1000 };
}

/** @param where in training */
export function diverged(loss: number, where: string, learningRate: number): DivergedError {
  return new DivergedError(
    `train: the loss became ${String(loss)} ${where}, with learning rate ${String(Number(learningRate.toPrecision(4)))}; ` +
      `lower the learning rate (${option('learningRate')}), or check the data for extreme values`,
  );
}
