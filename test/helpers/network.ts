import type { Pair, Shape } from '#inkling/core/shape.js';
import { type Layer, ruleOf } from '#inkling/layers/index.js';
import type { Activation, PlannedLayer } from '#inkling/layers/layer.js';
import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import type { Plan } from '#inkling/plan/plan.js';
import { MAX_STEPS } from '#inkling/plan/steps.js';
import type { Tensor } from '#inkling/plan/tensor.js';

export interface Network {
  readonly arena: Arena;
  readonly plan: Plan;
  readonly source: { readonly images: Tensor; readonly labels: Tensor; readonly order: Tensor };
  /** By name, such as `0.weight`. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** Of the trained parameters. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  readonly logits: Tensor;
  /** Mean loss and correct answers of a training step. */
  readonly results: Tensor;
}

interface NetworkOptions {
  readonly layers: readonly Layer[];
  readonly imageShape: Shape;
  readonly imageCount: number;
  readonly batchSize: number;
  readonly mode: 'training' | 'evaluation';
}

/** Plans layers one behind the other, in training with the gradients of cross-entropy's mean. */
export function planNetwork({ layers, imageShape, imageCount, batchSize, mode }: NetworkOptions): Network {
  const arena = new Arena();
  const builder = new PlanBuilder(arena, batchSize);
  const parameters = new Map<string, Tensor>();
  const gradients = new Map<string, Tensor>();
  const source = {
    images: builder.shared({ name: 'images', dtype: 'u8', shape: imageShape, count: imageCount }),
    labels: builder.shared({ name: 'labels', dtype: 'u8', shape: [imageCount] }),
    order: builder.shared({ name: 'order', dtype: 'i32', shape: [imageCount] }),
  };
  const input = builder.perImage('input', imageShape, { halo: inputHaloOf(layers, 0) });
  const targets = builder.perImage('targets', [], { dtype: 'i32' });
  builder.add({ op: 'gatherImages', reads: source, writes: { output: input, targets } });

  const planned: PlannedLayer[] = [];
  let activation: Activation = { shape: imageShape };
  let logits = input;
  layers.forEach((layer, index) => {
    const rule = ruleOf(layer);
    const needsInputGrad = gradients.size > 0;
    for (const { name, shape, trained } of rule.parametersOf(layer, activation)) {
      const key = `${index}.${name}`;
      parameters.set(key, builder.shared({ name: key, shape }));
      if (trained) gradients.set(key, builder.shared({ name: `${key}.gradient`, shape }));
    }
    activation = rule.outputOf(layer, activation, `${index}`);
    const added = rule.plan(layer, {
      builder,
      index,
      name: `${index}`,
      input: logits,
      outputShape: activation.shape,
      outputHalo: inputHaloOf(layers, index + 1),
      inputGradHalo: outputGradHaloOf(layers, index - 1),
      mode,
      needsInputGrad,
      parameter: (name) => found(parameters, `${index}.${name}`),
      gradient: (name) => found(gradients, `${index}.${name}`),
    });
    planned.push(added);
    logits = added.output;
  });

  const results = builder.shared({ name: 'results', dtype: 'f64', shape: [MAX_STEPS, 2] });
  if (mode === 'training') addLossAndGradients(builder, planned, { logits, targets, results });
  return { arena, plan: builder.build(mode), source, parameters, gradients, logits, results };
}

function addLossAndGradients(
  builder: PlanBuilder,
  planned: readonly PlannedLayer[],
  { logits, targets, results }: Record<'logits' | 'targets' | 'results', Tensor>,
): void {
  const logitsGrad = builder.perImage('logitsGrad', logits.shape);
  const totals = builder.perTask('totals', [2], 'f64');
  builder.add({ op: 'crossEntropy', reads: { logits, targets }, writes: { logitsGrad, totals } });
  builder.add({ op: 'lossTotal', reads: { totals }, writes: { results } });
  planned.reduceRight<Tensor | undefined>((grad, layer) => grad && layer.backward(grad), logitsGrad);
}

function inputHaloOf(layers: readonly Layer[], index: number): Pair {
  if (index === layers.length) return [0, 0];
  const halo = ruleOf(layers[index]).inputHalo(layers[index]);
  return halo === 'same' ? inputHaloOf(layers, index + 1) : halo;
}

function outputGradHaloOf(layers: readonly Layer[], index: number): Pair {
  if (index < 0) return [0, 0];
  const halo = ruleOf(layers[index]).outputGradHalo(layers[index]);
  return halo === 'same' ? outputGradHaloOf(layers, index - 1) : halo;
}

function found(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`no tensor ${name}`);
  return tensor;
}
