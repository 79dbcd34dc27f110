import { describe, expect, test } from 'vitest';
import { DivergedError } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import { balancedOrder, shuffledOrder } from '#inkling/data/batches.js';
import type { Step } from '#inkling/plan/steps.js';
import type { EpochRecord } from '#inkling/train/epochRecord.js';
import type { TrainingEvent } from '#inkling/train/events.js';
import { averageShare } from '#inkling/train/optimization/averages.js';
import { biasCorrections } from '#inkling/train/optimization/optimizers.js';
import { type TrainableSession, type TrainingOptions } from '#inkling/train/epoch/trainEpoch.js';
import { train } from '#inkling/train/trainer.js';

/** Three validation images of class 0, after the training images. */
const TRAIN = 650;
const VALIDATION = [650, 651, 652];
const BATCH_SIZE = 10;
const STEPS = 65;

const options = (changes: Partial<TrainingOptions> = {}): TrainingOptions => ({
  epochs: 2,
  batchSize: BATCH_SIZE,
  learningRateOf: () => 0.5,
  sampling: 'shuffled',
  split: {
    train: Uint32Array.from({ length: TRAIN }, (_, i) => i),
    validation: Uint32Array.from(VALIDATION),
  },
  labels: new Uint8Array(TRAIN + VALIDATION.length),
  classes: 2,
  generator: new Random(7),
  dropoutGenerator: new Random(8),
  augmentGenerator: new Random(9),
  monitor: 'accuracy',
  signal: undefined,
  ...changes,
});

/** A fake session that records its calls and returns the given results. */
class FakeSession implements TrainableSession {
  readonly stepsAhead: number = 0;
  readonly orders: number[][] = [];
  readonly views: number[] = [];
  readonly steps: Step[] = [];
  readonly scored: number[][] = [];
  readonly #lossOf: (step: number) => number;
  readonly #validations: { losses: number[]; predictions: number[] }[];

  constructor(
    lossOf: (step: number) => number = () => 1,
    validations = [{ losses: [1, 1, 1], predictions: [0, 0, 0] }],
  ) {
    this.#lossOf = lossOf;
    this.#validations = validations;
  }

  setOrder(indices: ArrayLike<number>, view = 0): void {
    this.orders.push(Array.from(indices));
    this.views.push(view);
  }

  train(steps: readonly Step[]) {
    const results = steps.map((_, i) => ({ loss: this.#lossOf(this.steps.length + i), correct: 4 }));
    this.steps.push(...steps);
    return Promise.resolve(results);
  }

  score(indices: Uint32Array) {
    const { losses, predictions } = this.#validations[this.scored.length % this.#validations.length];
    this.scored.push([...indices]);
    return Promise.resolve({
      losses: Float32Array.from(losses),
      predictions: Int32Array.from(predictions),
      logits: new Float32Array(2 * losses.length),
    });
  }
}

/** A fake GPU, which takes more steps while others are in progress. */
class FakeQueue extends FakeSession {
  override readonly stepsAhead = 20;
  /** How many groups of steps are in progress, and the most that were. */
  running = 0;
  mostRunning = 0;

  override async train(steps: readonly Step[]) {
    this.running++;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    const results = await super.train(steps);
    await new Promise((resolve) => setTimeout(resolve, 1));
    this.running--;
    return results;
  }

  override score(indices: Uint32Array) {
    expect(this.running).toBe(0);
    return super.score(indices);
  }
}

/** Trains and records everything that the observer receives, in order. */
async function observed(session: TrainableSession, changes?: Partial<TrainingOptions>) {
  const heard: (TrainingEvent | { type: 'best'; record: EpochRecord })[] = [];
  const { epochs: records, stopReason } = await train(session, options(changes), {
    onEvent: (event) => heard.push(event),
    onEpoch: (record, isBest) => {
      if (isBest) heard.push({ type: 'best', record });
      return Promise.resolve();
    },
  });
  return { records, stopReason, heard };
}

test('uses every image once per epoch, in the order of PyTorch’s data loaders', async () => {
  const session = new FakeSession();
  await observed(session);
  const generator = new Random(7);
  const first = [...shuffledOrder(generator, TRAIN)];
  // The validation loader also advances the generator.
  generator.uint64();
  expect(session.orders).toEqual([first, [...shuffledOrder(generator, TRAIN)]]);
  expect(session.scored).toEqual([VALIDATION, VALIDATION]);
  expect(session.views).toEqual([0, 1]);
});

test('with balanced sampling, uses images in the order of PyTorch’s weighted sampler', async () => {
  const session = new FakeSession();
  // The training images are the odd ones; every seventh image has class 1.
  const train = Uint32Array.from({ length: TRAIN }, (_, i) => 2 * i + 1);
  const labels = Uint8Array.from({ length: 2 * TRAIN }, (_, i) => Number(i % 7 === 0));
  await observed(session, { sampling: 'balanced', epochs: 1, split: { ...options().split, train }, labels });
  const order = balancedOrder(
    new Random(7),
    Uint8Array.from(train, (image) => labels[image]),
  );
  expect(session.orders).toEqual([Array.from(order, (index) => train[index])]);
  const rare = session.orders[0].filter((image) => labels[image] === 1).length;
  expect(rare / TRAIN).toBeCloseTo(0.5, 1);
});

test('gives each step its images, bias corrections, averaging weight, and seeds for dropout and augmentation', async () => {
  const session = new FakeSession();
  await observed(session, { split: { ...options().split, train: new Uint32Array(645) }, emaDecay: 0.9 });
  const dropout = new Random(8);
  const augment = new Random(9);
  const expected = Array.from({ length: 2 * STEPS }, (_, step) => ({
    first: (step % STEPS) * BATCH_SIZE,
    count: step % STEPS === STEPS - 1 ? 5 : BATCH_SIZE,
    learningRate: 0.5,
    ...biasCorrections(step + 1),
    averageShare: averageShare(step + 1, 0.9),
    dropoutSeed: dropout.uint32(),
    augmentSeed: augment.uint32(),
  }));
  expect(session.steps).toEqual(expected);
});

test('uses the learning rate of every step, and records that of the last step of each epoch', async () => {
  const session = new FakeSession();
  const { records } = await observed(session, { learningRateOf: (step) => 1 / (step + 1) });
  expect(session.steps.map(({ learningRate }) => learningRate)).toEqual(
    Array.from({ length: 2 * STEPS }, (_, step) => 1 / (step + 1)),
  );
  expect(records.map(({ learningRate }) => learningRate)).toEqual([1 / STEPS, 1 / (2 * STEPS)]);
});

test('the loss and accuracy of an epoch weight every image equally, including the smaller last batch', async () => {
  // Sixty-four batches of 10 images and one of 5: losses 0 to 64, then 65 to 129.
  const session = new FakeSession((step) => step);
  const { records } = await observed(session, { split: { ...options().split, train: new Uint32Array(645) } });
  const sumOfFull = (64 * 63) / 2;
  expect(records[0].trainLoss).toBeCloseTo((10 * sumOfFull + 5 * 64) / 645, 12);
  expect(records[1].trainLoss).toBeCloseTo((10 * (sumOfFull + 64 * 65) + 5 * 129) / 645, 12);
  expect(records[0].trainAccuracy).toBeCloseTo((65 * 4) / 645, 12);
});

test('reports progress, then the best weights, then the epoch', async () => {
  const { heard, records } = await observed(new FakeSession((step) => step));
  const steps = heard.map((event) =>
    event.type === 'progress' ? `${event.epoch}: ${event.step}/${event.steps}` : event.type,
  );
  const progress = (epoch: number) => [4, 36, 65].map((step) => `${epoch}: ${step}/65`);
  // The second epoch is no better than the first.
  expect(steps).toEqual([...progress(1), 'best', 'epoch', ...progress(2), 'epoch']);
  expect(heard[0]).toMatchObject({ epochs: 2, trainLoss: 1.5 });
  expect(heard[2]).toMatchObject({ trainLoss: 32 });
  expect(heard.filter((event) => event.type === 'epoch')).toEqual([
    { type: 'epoch', isBest: true, record: records[0] },
    { type: 'epoch', isBest: false, record: records[1] },
  ]);
  expect(records[0]).toMatchObject({ epoch: 1, validationLoss: 1, validationAccuracy: 1, learningRate: 0.5 });
  expect(records[0].imagesPerSecond).toBeGreaterThan(0);
  const last = heard.filter((event) => event.type === 'progress').at(-1);
  expect(last?.secondsLeft).toBe(0);
});

test.each([
  { monitor: 'accuracy', expected: [1, 2, 5] },
  { monitor: 'loss', expected: [1, 3] },
] as const)(
  'the best epoch by $monitor; by accuracy, the loss decides ties',
  async ({ monitor, expected }) => {
    const [allRight, oneWrong] = [
      [0, 0, 0],
      [0, 1, 0],
    ];
    const session = new FakeSession(undefined, [
      { losses: [2, 2, 2], predictions: oneWrong },
      { losses: [3, 3, 3], predictions: allRight },
      { losses: [1, 1, 1], predictions: oneWrong },
      { losses: [3, 3, 3], predictions: allRight },
      { losses: [2, 3, 3], predictions: allRight },
      { losses: [2, 3, 4], predictions: allRight },
    ]);
    const { heard, records, stopReason } = await observed(session, { epochs: 6, monitor });
    expect(records).toHaveLength(6);
    expect(stopReason).toBe('completed');
    expect(heard.flatMap((event) => (event.type === 'best' ? [event.record.epoch] : []))).toEqual(expected);
  },
);

test('stops after `patience` consecutive epochs without improvement', async () => {
  const losses = [3, 2, 2, 2, 1, 1, 1].map((loss) => ({
    losses: [loss, loss, loss],
    predictions: [0, 0, 0],
  }));
  const stopped = async (patience: number, epochs = 7) => {
    const { records, stopReason } = await observed(new FakeSession(undefined, losses), { patience, epochs });
    return [records.length, stopReason];
  };
  expect(await stopped(1)).toEqual([3, 'early']);
  expect(await stopped(2)).toEqual([4, 'early']);
  // The fifth epoch improves in time; the last one ends the run in any case.
  expect(await stopped(3)).toEqual([7, 'completed']);
  expect(await stopped(2, 4)).toEqual([4, 'completed']);
});

test('stops between steps when the signal aborts, without a record of the epoch', async () => {
  const controller = new AbortController();
  const session = new FakeSession((step) => {
    if (step === STEPS + 30) controller.abort();
    return 1;
  });
  const { heard, records, stopReason } = await observed(session, { signal: controller.signal });
  expect(stopReason).toBe('interrupted');
  expect(records.map(({ epoch }) => epoch)).toEqual([1]);
  expect(session.steps).toHaveLength(STEPS + 36);
  expect(session.scored).toHaveLength(1);
  expect(heard.at(-1)).toMatchObject({ type: 'progress', epoch: 2, step: 36 });
});

test.each([NaN, Infinity, -Infinity])('stops when the loss of a step is %d', async (loss) => {
  const session = new FakeSession((step) => (step === STEPS + 33 ? loss : 1));
  const message =
    `train: the loss became ${loss} at step 34 of 65 of epoch 2, with learning rate 0.5; ` +
    'lower the learning rate (the option learningRate), or check the data for extreme values';
  await expect(observed(session)).rejects.toThrow(new DivergedError(message));
  expect(session.scored).toHaveLength(1);
});

test('stops when the validation loss is not a number, and does not save its weights', async () => {
  const session = new FakeSession(undefined, [{ losses: [1, NaN, 1], predictions: [0, 0, 0] }]);
  const best: EpochRecord[] = [];
  const training = train(session, options(), {
    onEvent: () => undefined,
    onEpoch: (record) => {
      best.push(record);
      return Promise.resolve();
    },
  });
  await expect(training).rejects.toThrow(
    new DivergedError(
      'train: the loss became NaN in the validation of epoch 1, with learning rate 0.5; ' +
        'lower the learning rate (the option learningRate), or check the data for extreme values',
    ),
  );
  expect(best).toEqual([]);
});

describe('a session that takes steps while others are in progress', () => {
  const withoutTimes = ({ records }: { records: readonly EpochRecord[] }) =>
    records.map((record) => ({ ...record, seconds: 0, imagesPerSecond: 0 }));

  test('is given one group of steps ahead, with the same results', async () => {
    const queue = new FakeQueue((step) => step);
    const session = new FakeSession((step) => step);
    const [actual, expected] = [await observed(queue), await observed(session)];
    expect(queue.mostRunning).toBe(2);
    expect(queue.steps).toEqual(session.steps);
    expect(withoutTimes(actual)).toEqual(withoutTimes(expected));
    const steps = actual.heard.flatMap((event) =>
      event.type === 'progress' && event.epoch === 1 ? [event.step] : [],
    );
    // The size of the third group is chosen before the second is done.
    expect(steps).toEqual([4, 24, 44, 64, 65]);
  });

  test('waits for each group if it is asked before', async () => {
    const queue = new FakeQueue();
    await observed(queue, { beforeSteps: () => Promise.resolve(undefined) });
    expect(queue.mostRunning).toBe(1);
  });

  test('ends after the steps in progress when the signal aborts', async () => {
    const controller = new AbortController();
    const queue = new FakeQueue((step) => {
      if (step === 30) controller.abort();
      return 1;
    });
    const { heard, stopReason } = await observed(queue, { signal: controller.signal });
    expect(stopReason).toBe('interrupted');
    expect(queue.running).toBe(0);
    expect(heard.at(-1)).toMatchObject({ type: 'progress', step: queue.steps.length });
  });

  test('fails with the first loss that is not a number', async () => {
    const queue = new FakeQueue((step) => (step >= 30 ? NaN : 1));
    await expect(observed(queue)).rejects.toThrow('the loss became NaN at step 31 of 65 of epoch 1');
  });
});
