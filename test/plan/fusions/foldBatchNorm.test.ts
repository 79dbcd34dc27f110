import { describe, expect, it } from 'vitest';
import { Random } from '#inkling/core/random.js';
import type { Shape } from '#inkling/core/shape.js';
import { referenceKernels } from '#inkling/kernels/generated/referenceKernels.js';
import {
  batchNorm2d,
  conv2d,
  flatten,
  type Layer,
  linear,
  maxPool2d,
  relu,
  relu6,
  residual,
} from '#inkling/layers/index.js';
import { allocateNetwork, planNetwork } from '#inkling/models/network.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import type { Plan } from '#inkling/plan/plan.js';
import { INERT_STEP } from '#inkling/plan/steps.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { predictionPlan } from '#inkling/predict/plans/predictionPlan.js';
import { fmaKernels, runAlone, simdKernels, WasmRun } from '../../helpers/wasmRun.js';
import { verifyPlan } from '../../helpers/verifyPlan.js';

const BATCH = 1;
const STEP = { ...INERT_STEP, first: 0, count: BATCH };
const SIDE = 26;
const INPUT: Shape = [SIDE, SIDE, 16];

/** Plans that predict with a network, and one that computes the same without a prologue, on the same memory. */
function plansOf(layers: readonly Layer[], observed: readonly string[] = []) {
  const model = resolveModel({
    name: 'test',
    input: [SIDE, SIDE, 16],
    layers: [...layers, flatten(), linear({ outFeatures: 5 })],
  });
  const arena = new Arena(false);
  const network = allocateNetwork(arena, model);
  const folded = predictionPlan(arena, model, network, BATCH, { activations: observed });
  const builder = new PlanBuilder(arena, BATCH);
  const input = builder.perImage('input', INPUT, { halo: model.inputHalo });
  builder.add({ op: 'padImages', reads: { input: folded.input }, writes: { output: input } });
  const { output: logits } = planNetwork(builder, model, network, input, { mode: 'evaluation' });
  const values = new Map<Tensor, number[]>();
  const random = new Random(1);
  for (const [name, tensor] of [...network.parameters, ['pixels', folded.input] as const]) {
    const low = name.endsWith('running_var') ? 0.2 : -1;
    const elements = tensor.count * tensor.shape.reduce((product, size) => product * size, 1);
    values.set(
      tensor,
      Array.from({ length: elements }, () => random.uniform(low, 1)),
    );
  }
  return { folded, unfolded: builder.build('unfolded'), logits, values, bytes: arena.bytes };
}

function wasmRunOf({ values, bytes }: Pick<ReturnType<typeof plansOf>, 'values' | 'bytes'>): WasmRun {
  const run = new WasmRun(fmaKernels ?? simdKernels, bytes);
  for (const [tensor, numbers] of values) run.memory.floats(tensor).set(numbers);
  return run;
}

const opsIn = ({ stages }: Plan) => stages.flatMap(({ ops }) => ops);
const namesIn = (plan: Plan) => opsIn(plan).map(({ op }) => op);

/** The names of the operations that a prediction consists of, apart from those that every network has. */
function predictionOf(layers: readonly Layer[], observed: readonly string[] = []): string[] {
  const always = ['padImages', 'linear', 'softmax', 'zeroBorder'];
  return namesIn(plansOf(layers, observed).folded.main).filter((name) => !always.includes(name));
}

const conv = (options: Partial<Parameters<typeof conv2d>[0]> = {}) =>
  conv2d({ outChannels: 16, kernel: 3, padding: 1, ...options });

const CONVOLUTIONS: readonly [string, Layer][] = [
  ['computed directly', conv({ stride: 2, outChannels: 6 })],
  ['without a bias', conv({ stride: 2, bias: false })],
  ['of single pixels', conv({ kernel: 1, padding: 0, outChannels: 21 })],
  ["computed by Winograd's algorithm", conv({ outChannels: 24 })],
  ["computed by Winograd's algorithm, without a bias", conv({ bias: false })],
  ['of each channel separately', conv({ groups: 16 })],
  ['of groups of channels', conv({ groups: 4, outChannels: 20, bias: false })],
];

describe('batch normalization after a convolution', () => {
  it.each(CONVOLUTIONS)('is part of a convolution %s', (_what, layer) => {
    for (const end of [[], [relu()], [relu6()]]) {
      const names = predictionOf([layer, batchNorm2d(), ...end]);
      expect(names).toHaveLength(1);
      expect(names[0]).toMatch(/^(conv2d|groupedConv2d)$/);
    }
  });

  it.each(CONVOLUTIONS)('gives the result of separate operations: %s', (_what, layer) => {
    const layers = [layer, batchNorm2d(), relu6(), conv(), batchNorm2d(), relu()];
    const { folded, unfolded, logits, values, bytes } = plansOf(layers);
    expect(namesIn(unfolded)).toContain('normRelu');
    const exact = TensorMemory.inDoublePrecision(bytes);
    for (const [tensor, numbers] of values) exact.floats(tensor).set(numbers);
    for (const plan of [unfolded, folded.prologue, folded.main])
      runAlone(plan, referenceKernels, exact, exact, STEP, 0);
    const expected = exact.floats(logits);
    exact.floats(folded.logits).forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index], 10);
    });

    const run = wasmRunOf({ values, bytes });
    for (const plan of [folded.prologue, folded.main]) run.run(plan, STEP);
    const largest = Math.max(...expected.map(Math.abs));
    run.memory.floats(folded.logits).forEach((value, index) => {
      expect(Math.abs(value - expected[index])).toBeLessThan(1e-5 * largest);
    });
  });

  it.each(CONVOLUTIONS)('keeps NaN, as ReLU does: %s', (_what, layer) => {
    const plans = plansOf([layer, batchNorm2d(), relu()]);
    const run = wasmRunOf(plans);
    run.memory.floats(plans.folded.input).fill(NaN);
    for (const plan of [plans.folded.prologue, plans.folded.main]) run.run(plan, STEP);
    expect([...run.memory.floats(plans.folded.logits)]).toEqual([NaN, NaN, NaN, NaN, NaN]);
  });

  it('is folded once, before weights are transformed', () => {
    const { folded, values, bytes } = plansOf([conv(), batchNorm2d(), relu(), conv(), batchNorm2d()]);
    const inputs = [...values.keys()];
    verifyPlan(folded.prologue, bytes, inputs);
    const constants = opsIn(folded.prologue).flatMap(({ writes }) => Object.values<Tensor>(writes));
    verifyPlan(folded.main, bytes, [...inputs, ...constants]);
    expect(folded.prologue.stages.map(({ ops }) => ops.map(({ op }) => op))).toEqual([
      ['batchNormRunning', 'batchNormRunning'],
      ['foldBatchNorm', 'foldBatchNorm'],
      ['winogradWeight', 'winogradWeight'],
    ]);
  });

  it('is part of the convolution before a sum', () => {
    const branch = residual({ layers: [conv(), batchNorm2d(), relu(), conv(), batchNorm2d()] });
    expect(predictionOf([branch])).toEqual(['conv2d', 'conv2d', 'add']);
  });

  it('is part of the sum with ReLU after it', () => {
    const branch = residual({ layers: [conv(), batchNorm2d()], shortcut: [conv(), batchNorm2d()] });
    expect(predictionOf([branch, relu()]).sort()).toEqual(['conv2d', 'conv2d', 'normRelu']);
  });

  it('is part of the pooling after it', () => {
    const layers = [conv(), batchNorm2d(), relu(), maxPool2d({ kernel: 2 })];
    expect(predictionOf(layers)).toEqual(['conv2dNormReluPool2d']);
  });

  it.each<[string, Layer[], string[]]>([
    ['another layer reads the convolution', [conv(), residual({ layers: [batchNorm2d()] })], []],
    ['the convolution is observed', [conv(), batchNorm2d(), relu()], ['0']],
    ['no convolution is before it', [batchNorm2d(), conv()], []],
    ['the weight is larger than the image', [conv({ stride: 4 }), batchNorm2d(), relu()], []],
  ])('is an operation if %s', (_what, layers, observed) => {
    const names = predictionOf(layers, observed);
    expect(names.some((name) => name === 'scaleShift' || name === 'normRelu')).toBe(true);
    expect(namesIn(plansOf(layers, observed).folded.prologue)).not.toContain('foldBatchNorm');
  });

  it('leaves ReLU an operation if the normalization is observed', () => {
    expect(predictionOf([conv(), batchNorm2d(), relu()], ['1'])).toEqual(['conv2d', 'relu']);
  });
});
