import type { Random } from '../../core/random.js';
import { balancedOrder, type SamplingMethod, sequentialOrder, shuffledOrder } from '../../data/batches.js';
import { type Labels, pickLabels } from '../../data/classes.js';
import type { Split } from '../../data/split.js';
import type { Step } from '../../plan/steps.js';
import { batchesOf } from '../batches/batches.js';
import type { Config } from '../config.js';
import type { EpochRecord } from '../epochRecord.js';
import type { TrainingEvent } from '../events.js';
import { metricsOf } from '../metrics.js';
import { averageShare } from '../optimization/averages.js';
import { biasCorrections } from '../optimization/optimizers.js';
import type { Session } from '../session.js';
import { EpochProgress } from './epochProgress.js';

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
export type TrainableSession = Pick<Session, 'stepsAhead' | 'setOrder' | 'train' | 'score'>;

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
  const { epochs, split, batchSize, learningRateOf, beforeSteps, signal } = options;
  session.setOrder(trainingOrder(options), epoch - 1);
  const images = split.train.length;
  const batches = batchesOf(images, batchSize);
  const stepsBefore = (epoch - 1) * batches.length;
  const progress = new EpochProgress({ epoch, epochs, steps: batches.length, images }, onEvent);
  // Who is asked before each group knows all steps before it.
  const stepsAhead = beforeSteps === undefined ? session.stepsAhead : 0;
  const longest = stepsAhead === 0 ? MAX_STEPS_PER_RUN : Math.min(MAX_STEPS_PER_RUN, stepsAhead);
  let size = FIRST_STEPS;
  const trainGroup = async (steps: readonly Step[]): Promise<void> => {
    const msPerStep = await progress.add(steps, session.train(steps));
    size = Math.max(1, Math.min(longest, Math.floor(MAX_RUN_MS / msPerStep)));
  };
  /** The group whose losses are not known yet. */
  let running: Promise<void> | undefined;
  for (let next = 0; next < batches.length;) {
    const asked = performance.now();
    const most = (await beforeSteps?.()) ?? size;
    progress.exclude(performance.now() - asked);
    if (signal?.aborted === true) {
      await running;
      return undefined;
    }
    const steps = stepsOf(batches.slice(next, next + Math.min(size, most)), stepsBefore + next, options);
    const group = trainGroup(steps);
    const isFirst = next === 0;
    next += steps.length;
    if (stepsAhead === 0 || isFirst) {
      await group;
      continue;
    }
    // If it fails, so does what waits for it.
    group.catch(() => undefined);
    await running;
    running = group;
  }
  await running;
  return { ...progress.result, learningRate: learningRateOf(stepsBefore + batches.length - 1) };
}

/** @param first the step of the first batch, counted from the beginning of the run */
function stepsOf(
  batches: readonly Pick<Step, 'first' | 'count'>[],
  first: number,
  { learningRateOf, emaDecay, dropoutGenerator, augmentGenerator }: TrainingOptions,
): Step[] {
  return batches.map((batch, offset) => {
    const step = first + offset;
    return {
      ...batch,
      learningRate: learningRateOf(step),
      ...biasCorrections(step + 1),
      averageShare: averageShare(step + 1, emaDecay),
      dropoutSeed: dropoutGenerator.uint32(),
      augmentSeed: augmentGenerator.uint32(),
    };
  });
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
