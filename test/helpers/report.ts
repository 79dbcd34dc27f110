import { Random } from '#inkling/core/random.js';
import { shuffledOrder } from '#inkling/data/batches.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { split } from '#inkling/data/split.js';
import { fromStateDict } from '#inkling/interop/torch.js';
import { decodeSafetensors } from '#inkling/interop/safetensors.js';
import { preset } from '#inkling/models/presets.js';
import type { Weights } from '#inkling/models/weights.js';
import { parametersOf, torchOrder } from '#inkling/models/weights.js';
import { initialize } from '#inkling/train/fit.js';
import { biasCorrections } from '#inkling/train/optimizers.js';
import { batchesOf, Session } from '#inkling/train/session.js';
import { goldenFile } from './golden.js';

const BATCH_SIZE = 64;
const LEARNING_RATE = 0.001;
const model = preset('report-cnn', { input: [28, 28, 1], classes: 10 });

/** What the first steps of the report's program compute, ours or PyTorch's; tensors in the engine's layout. */
export interface ReportStart {
  readonly initial: Weights;
  /** Of the first step. */
  readonly gradients: Weights;
  readonly afterTen: Weights;
}

/** Trains as the report's program does, so many steps long. */
export async function startReport(mnist: Dataset, seed: number, steps: number) {
  const session = await Session.start({
    model,
    dataset: mnist,
    batchSize: BATCH_SIZE,
    threads: 2,
    optimizer: { type: 'adam' },
  });
  try {
    const generator = new Random(seed);
    await initialize(session, model, generator);
    const initial = session.weights();
    const { train } = split(mnist.train.labels.length, 42);
    session.setOrder(shuffledOrder(generator, train.length).map((place) => train[place]));
    const losses: number[] = [];
    const trainUntil = async (end: number) => {
      for (let step = losses.length; step < end; step++) {
        const batch = batchesOf(train.length, BATCH_SIZE)[step];
        const settings = { learningRate: LEARNING_RATE, ...biasCorrections(step + 1), dropoutSeed: 0 };
        losses.push((await session.train([{ ...batch, ...settings }]))[0].loss);
      }
    };
    await trainUntil(1);
    const gradients = session.gradients();
    await trainUntil(10);
    const afterTen = session.weights();
    await trainUntil(steps);
    return { initial, gradients, afterTen, losses };
  } finally {
    await session.close();
  }
}

/** What PyTorch computed; undefined where its record is not at hand. */
export function torchStart(seed: number): ReportStart | undefined {
  const [initial, gradients, afterTen] = ['init', 'grad1', 'step10'].map((kind) => tensorsOf(seed, kind));
  return initial && gradients && afterTen && { initial, gradients, afterTen };
}

function tensorsOf(seed: number, kind: string): Weights | undefined {
  const name = `report-seed-${seed}.${kind}.safetensors`;
  const file = goldenFile(name);
  if (file === undefined) return undefined;
  const { tensors } = decodeSafetensors(file, name);
  if (kind !== 'grad1') return fromStateDict(model, tensors, name).weights;
  const gradients = new Map<string, Float32Array>();
  for (const { name, spec } of parametersOf(model)) {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== 'F32') continue;
    const values = new Float32Array(tensor.values.length);
    torchOrder(spec).forEach((place, i) => (values[place] = tensor.values[i]));
    gradients.set(name, values);
  }
  return gradients;
}
