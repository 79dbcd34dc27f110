import * as originalReport from '../core/originalReport.js';
import { Random } from '../core/random.js';
import { shuffledOrder } from '../data/batches.js';
import type { Dataset } from '../data/dataset.js';
import { split } from '../data/split.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import type { Weights } from '../models/weights.js';
import { INERT_STEP } from '../plan/steps.js';
import { biasCorrections } from '../train/optimization/optimizers.js';
import { batchesOf } from '../train/batches/batches.js';
import { Session } from '../train/session.js';
import { initializeWeights } from '../train/trainModel.js';

/** The settings of the original report. */
export interface ReportSettings {
  readonly model: Model;
  readonly seed: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly threads: number;
}

/** The results of the first training steps; tensors are in the engine's layout. */
export interface ReportStart {
  readonly initial: Weights;
  /** Of the first step. */
  readonly gradients: Weights;
  readonly afterTenSteps: Weights;
  /** Of each step. */
  readonly losses: readonly number[];
}

/** @param steps at least 10, at most those of one epoch */
export async function startReport(
  dataset: Dataset,
  { model, seed, batchSize, learningRate, threads }: ReportSettings,
  steps: number,
): Promise<ReportStart> {
  const resolved = resolveModel(model);
  const session = await Session.start({
    model: resolved,
    dataset,
    batchSize,
    threads,
    optimizer: { type: 'adam' },
  });
  try {
    const generator = new Random(seed);
    await initializeWeights(session, resolved, generator);
    const initial = await session.weights();
    const { train } = split(dataset.train.labels.length, originalReport.splitSeed.value);
    session.setOrder(shuffledOrder(generator, train.length).map((place) => train[place]));
    const batches = batchesOf(train.length, batchSize);
    const losses: number[] = [];
    const trainUntil = async (end: number) => {
      for (let step = losses.length; step < end; step++) {
        const settings = { ...INERT_STEP, learningRate, ...biasCorrections(step + 1) };
        const [{ loss }] = await session.train([{ ...batches[step], ...settings }]);
        losses.push(loss);
      }
    };
    await trainUntil(1);
    const gradients = await session.gradients();
    await trainUntil(10);
    const afterTenSteps = await session.weights();
    await trainUntil(steps);
    return { initial, gradients, afterTenSteps, losses };
  } finally {
    await session.close();
  }
}
