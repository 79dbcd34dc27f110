import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Random } from '#inkling/core/random.js';
import {
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  globalAvgPool2d,
  hardSigmoid,
  hardSwish,
  type Layer,
  linear,
  maxPool2d,
  normalize,
  relu,
  relu6,
  residual,
  squeezeExcitation,
} from '#inkling/layers/index.js';
import { allocateCopy, allocateNetwork, writeWeights } from '#inkling/models/network.js';
import type { Model } from '#inkling/models/model.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { Arena } from '#inkling/plan/arena.js';
import { augmentationSchema } from '#inkling/plan/augmentation.js';
import { mapTensors } from '#inkling/plan/mapTensors.js';
import type { Op } from '#inkling/plan/ops.js';
import type { Plan } from '#inkling/plan/plan.js';
import type { Range } from '#inkling/plan/ranges.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { predictionPlan } from '#inkling/predict/plans/predictionPlan.js';
import { frozenParameters } from '#inkling/train/fineTune.js';
import { probePlan, scoringPlan, trainingPlan } from '#inkling/train/plans/trainingPlans.js';
import { allocateSource } from '#inkling/train/batches/source.js';
import { verifyLifetimes } from '../helpers/memory/lifetimes.js';
import { mixedModel } from '../helpers/mixedModel.js';
import { PoisonedRun, type TaskOrder } from '../helpers/memory/poisonedRun.js';
import { stepOf } from '../helpers/trainingRun.js';
import { arrayOf } from '../helpers/wasmRun.js';

const IMAGES = 30;
const BATCH = 21;

/** An inverted residual as in MobileNetV3: halos, depthwise convolutions, and outputs that training recomputes. */
const inverted = (outputs: number, kernel: number, stride = 1): Layer[] => [
  conv2d({ outChannels: 12, kernel: 1, bias: false }),
  batchNorm2d(),
  relu(),
  conv2d({ outChannels: 12, kernel, stride, padding: 'same', groups: 12, bias: false }),
  batchNorm2d(),
  relu6(),
  hardSwish(),
  squeezeExcitation({
    layers: [
      globalAvgPool2d(),
      conv2d({ outChannels: 3, kernel: 1 }),
      relu(),
      conv2d({ outChannels: 12, kernel: 1 }),
      hardSigmoid(),
    ],
  }),
  conv2d({ outChannels: outputs, kernel: 1, bias: false }),
  batchNorm2d(),
];

const mobile: Model = {
  name: 'mobile',
  input: [13, 12, 3],
  layers: [
    normalize({ mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.3, 0.4] }),
    conv2d({ outChannels: 6, kernel: 3, stride: 2, padding: 'same', bias: false, name: 'stem' }),
    batchNorm2d(),
    relu(),
    residual({ layers: inverted(6, 5) }),
    ...inverted(8, 3, 2),
    residual({ layers: inverted(8, 3) }),
    dropout({ probability: 0.2 }),
    globalAvgPool2d(),
    flatten(),
    linear({ outFeatures: 4 }),
  ],
};

/** Channels for which Winograd's algorithm is used, and a residual with a ReLU after the sum. */
const wide: Model = {
  name: 'wide',
  input: [8, 8, 1],
  layers: [
    conv2d({ outChannels: 32, kernel: 3, padding: 1 }),
    batchNorm2d(),
    relu(),
    residual({ layers: [conv2d({ outChannels: 32, kernel: 3, padding: 1, bias: false }), batchNorm2d()] }),
    relu(),
    maxPool2d({ kernel: 2 }),
    conv2d({ outChannels: 32, kernel: 3, padding: 1, bias: false }),
    batchNorm2d(),
    relu(),
    maxPool2d({ kernel: 2 }),
    flatten(),
    linear({ outFeatures: 4 }),
  ],
};

/** In evaluation, both branches of the residual are the output of the normalization. */
const doubled: Model = {
  name: 'doubled',
  input: [4, 4, 3],
  layers: [
    batchNorm2d(),
    residual({ layers: [dropout({ probability: 0.5 })] }),
    relu(),
    flatten(),
    linear({ outFeatures: 3 }),
  ],
};

const models: [string, Case][] = [
  { model: mobile },
  { model: mobile, freeze: ['stem', '2', '4'] },
  { model: preset('report-cnn', { input: [10, 9, 1], classes: 4 }) },
  { model: wide },
  { model: preset('lenet5', { input: [16, 16, 1], classes: 4 }) },
  { model: preset('mlp', { input: [8, 8, 1], classes: 4 }) },
  { model: mixedModel().model },
  { model: doubled },
].map((each) => [`${each.model.name}${each.freeze ? ', frozen' : ''}`, each]);

/** Remembers where temporary tensors are. */
class ObservedArena extends Arena {
  readonly workspaces: Range[] = [];

  override workspace(bytes: number): number {
    const start = super.workspace(bytes);
    this.workspaces.push({ start, end: start + bytes });
    return start;
  }
}

interface Case {
  readonly model: Model;
  readonly freeze?: readonly string[];
}

/** All plans of a model in one memory. */
function plansOf({ model, freeze = [] }: Case, sharesMemory: boolean) {
  const resolved = resolveModel(model);
  const arena = new ObservedArena(sharesMemory);
  const network = allocateNetwork(arena, resolved, { frozen: frozenParameters(resolved, freeze) });
  const averages = allocateCopy(arena, network, 'averages');
  const source = allocateSource(arena, model.input, IMAGES);
  const inputs = { model: resolved, network, source, batchSize: BATCH };
  const optimizer = { type: 'adam', weightDecay: 0.01, clipNorm: 1 } as const;
  const augmentation = augmentationSchema.parse({ mixup: 0.2, shift: 1 });
  const loss = { smoothing: 0.1 };
  const training = trainingPlan(arena, inputs, { optimizer, loss, augmentation }, averages);
  const plain = trainingPlan(arena, inputs, { optimizer: { type: 'sgd', momentum: 0 }, loss });
  const scoring = scoringPlan(arena, { ...inputs, network: averages });
  const observed = resolved.allLayers.slice(0, 3).map(({ name }) => name);
  const prediction = predictionPlan(arena, resolved, network, 5, { activations: observed });
  const probe = probePlan(arena, resolved, network);
  return { resolved, arena, network, averages, source, training, plain, scoring, prediction, probe };
}

type Plans = ReturnType<typeof plansOf>;

function listOf({ training, plain, scoring, prediction, probe }: Plans): Plan[] {
  return [
    training.plan,
    plain.plan,
    scoring.prologue,
    scoring.main,
    prediction.prologue,
    prediction.main,
    probe,
  ];
}

/** Runs every plan on random weights and images; returns hashes of all tensors that can be read after a run. */
function outcomesOf(plans: Plans, order: TaskOrder, change = (plan: Plan) => plan): string[][] {
  const { arena, network, averages, source, training, plain, scoring, prediction, resolved } = plans;
  const run = new PoisonedRun(arena.bytes, arena.workspaces);
  const random = new Random(3);
  const weights = initialWeights(resolved, random);
  writeWeights(run.memory, network, weights);
  writeWeights(run.memory, averages, weights);
  run.memory.bytes(source.items).forEach((_, i, array) => (array[i] = random.uint32() & 255));
  run.memory.ints(source.labels).forEach((_, i, array) => (array[i] = random.uint32() % 3));
  for (const { classWeights } of [training, plain]) if (classWeights) run.memory.floats(classWeights).fill(1);
  run.memory.floats(prediction.input).forEach((_, i, array) => (array[i] = random.uniform(0, 1)));
  const read = [network.all, network.trained.gradient, averages.all, training.results, plain.results];
  read.push(...training.optimizerState, ...plain.optimizerState, scoring.losses, scoring.predictions);
  read.push(prediction.logits, prediction.probabilities, ...prediction.activations.values());
  return listOf(plans).flatMap((plan) =>
    [plan.batchSize, 1].map((count) => {
      run.run(change(plan), stepOf(count, 2), order);
      return read.map(
        (tensor) =>
          `${tensor.name} ${createHash('sha256').update(arrayOf(run.memory, tensor)).digest('hex')}`,
      );
    }),
  );
}

describe('temporary tensors', () => {
  it.each(models)('share memory only if they are not used at the same time: %s', (_name, each) => {
    const plans = plansOf(each, true);
    for (const plan of listOf(plans)) verifyLifetimes(plan, plans.arena.workspaces);
  });

  it.each(models)('of all plans are in the memory of the one that needs the most: %s', (_name, each) => {
    const { arena } = plansOf(each, true);
    expect(new Set(arena.workspaces.map(({ start }) => start)).size).toBe(1);
  });

  it.each(models)('hold their values as long as they are used, in any order of tasks: %s', (_name, each) => {
    const expected = outcomesOf(plansOf(each, false), 'ascending');
    const plans = plansOf(each, true);
    for (const order of ['ascending', 'descending', 'interleaved'] as const) {
      expect(outcomesOf(plans, order), order).toEqual(expected);
    }
  });
});

describe('these checks fail', () => {
  const expected = outcomesOf(plansOf({ model: mobile }, false), 'ascending');

  /** A plan with other operations. */
  const changed = (plan: Plan, change: (op: Op) => Op[]): Plan => ({
    ...plan,
    stages: plan.stages.map((stage) => ({ ...stage, ops: stage.ops.flatMap(change) })),
  });

  it('if a halo is not set to zero', () => {
    const withoutZeros = (plan: Plan) => changed(plan, (op) => (op.op === 'zeroBorder' ? [] : [op]));
    expect(outcomesOf(plansOf({ model: mobile }, true), 'ascending', withoutZeros)).not.toEqual(expected);
  });

  it('if a tensor is where another one is', () => {
    const move = (tensor: Tensor) =>
      tensor.name === '4.output' ? { ...tensor, offset: tensor.offset + 64 } : tensor;
    const moved = (plan: Plan) => changed(plan, (op) => [mapTensors(op, move)]);
    const plans = plansOf({ model: mobile }, true);
    expect(() => {
      verifyLifetimes(moved(plans.training.plan), plans.arena.workspaces);
    }).toThrow(/^plan train: .* and .* are in the same memory at the same time$/);
    expect(outcomesOf(plans, 'ascending', moved)).not.toEqual(expected);
  });
});
