import { createHash } from 'node:crypto';
import * as originalReport from '../core/originalReport.js';
import { Random } from '../core/random.js';
import { sequentialOrder, shuffledOrder } from '../data/batches.js';
import type { Dataset } from '../data/dataset.js';
import { split } from '../data/split.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import { initialWeights } from '../models/weights.js';
import { evaluate } from '../train/evaluate.js';
import { parseConfig } from '../train/config.js';
import { trainingTask } from '../train/task.js';
import { trainModel } from '../train/trainModel.js';
import { compareStart, type ParityCheck } from './compare.js';
import type { Golden, GoldenRecord } from './golden.js';
import { type ReportSettings, startReport } from './start.js';

/** The differences between a run and PyTorch's run with the same seed. */
export interface SeedParity {
  readonly seed: number;
  readonly checks: readonly ParityCheck[];
  /** The test accuracy after the last epoch minus that of PyTorch, in percentage points. */
  readonly accuracyDifference: number;
}

/** Repeats PyTorch's training run and compares the results. */
export async function compareWithGolden(
  golden: Golden,
  model: Model,
  dataset: Dataset,
  threads: number,
  onEpoch: (epoch: number, epochs: number) => void,
): Promise<SeedParity> {
  const { record } = golden;
  const settings: ReportSettings = {
    model,
    seed: record.seed,
    batchSize: record.batch_size,
    learningRate: record.learning_rate,
    threads,
  };
  const start = await startReport(dataset, settings, record.step_losses.length);
  const accuracy = await trainToTheEnd(settings, record.epochs.length, dataset, onEpoch);
  const accuracyDifference = 100 * (accuracy - record.test.correct / record.test.total);
  return {
    seed: record.seed,
    accuracyDifference,
    checks: [
      ...compareOrders(record, model, dataset.train.labels.length),
      ...compareStart(golden, start, model),
      {
        what: `test accuracy after ${record.epochs.length} epochs`,
        unit: 'percentage points',
        worst: Math.abs(accuracyDifference),
        bound: 0.7,
      },
    ],
  };
}

/** The difference between the mean test accuracy of all seeds and that of PyTorch. */
export function compareMeans(seeds: readonly SeedParity[]): ParityCheck {
  const total = seeds.reduce((sum, { accuracyDifference }) => sum + accuracyDifference, 0);
  return {
    what: 'mean test accuracy',
    unit: 'percentage points',
    worst: Math.abs(total / seeds.length),
    bound: 0.3,
  };
}

/** Whether the difference is within the tolerance; NaN is not. */
export function isWithin({ worst, bound }: ParityCheck): boolean {
  return worst <= bound;
}

function compareOrders(record: GoldenRecord, model: Model, images: number): ParityCheck[] {
  const { train, validation } = split(images, originalReport.splitSeed.value);
  const halves = [
    [train, record.split.train_sha256_u32le],
    [validation, record.split.validation_sha256_u32le],
  ] as const;
  const generator = new Random(record.seed);
  initialWeights(resolveModel(model), generator);
  const epochs = record.epochs.map(({ order_sha256_u32le: hash }) => {
    const order = shuffledOrder(generator, train.length);
    sequentialOrder(generator, validation.length);
    return [order, hash] as const;
  });
  const others = (orders: readonly (readonly [Uint32Array, string])[]) =>
    orders.filter(([numbers, hash]) => digest(numbers) !== hash).length;
  return [
    { what: 'split', unit: 'mismatched sets', worst: others(halves), bound: 0 },
    { what: 'batch order', unit: 'mismatched epochs', worst: others(epochs), bound: 0 },
  ];
}

/** The SHA-256 hash of the numbers as little-endian 32-bit integers. */
function digest(numbers: Uint32Array): string {
  const bytes = new DataView(new ArrayBuffer(numbers.length * 4));
  numbers.forEach((number, i) => {
    bytes.setUint32(i * 4, number, true);
  });
  return createHash('sha256').update(bytes).digest('hex');
}

/** The test accuracy of the last epoch's weights, which the original report states. */
async function trainToTheEnd(
  { model, ...settings }: ReportSettings,
  epochs: number,
  dataset: Dataset,
  onEpoch: (epoch: number, epochs: number) => void,
): Promise<number> {
  const saved: SavedModel[] = [];
  const task = trainingTask(
    resolveModel(model),
    dataset,
    parseConfig({ ...settings, epochs, splitSeed: originalReport.splitSeed.value }),
  );
  await trainModel(task, {
    onEvent: (event) => {
      if (event.type === 'epoch') onEpoch(event.record.epoch, epochs);
    },
    onCheckpoint: (which, network) => {
      if (which === 'last') saved.push(network);
    },
  });
  const { accuracy } = await evaluate(saved[0], dataset, { threads: settings.threads });
  return accuracy;
}
