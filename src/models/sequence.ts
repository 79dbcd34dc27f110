import type { Pair } from '../core/shape.js';
import { type Layer, type Residual, ruleOf } from '../layers/index.js';
import { noHalo, type PlanContext, type PlannedLayer } from '../layers/layer.js';
import { overlap, type Tensor } from '../plan/tensor.js';
import { type Branches, everyLayer, type ResolvedLayer } from './placement.js';

/** What layers in a row need to be added to a plan; names of parameters are whole ones. */
export type SequenceContext = Omit<PlanContext, 'index' | 'name' | 'outputShape' | 'isFrozen'> & {
  readonly isFrozen: (placed: ResolvedLayer) => boolean;
};

/** Adds layers to a plan, one behind the other. Without any, the output is the input. */
export function planSequence(placed: readonly ResolvedLayer[], context: SequenceContext): PlannedLayer {
  const layers = placed.map(({ layer }) => layer);
  const planned: PlannedLayer[] = [];
  let output = context.input;
  let { needsInputGrad, isInputReadBackwards } = context;
  for (const [position, each] of placed.entries()) {
    const added = planLayer(each, {
      ...context,
      input: output,
      isInputShared: context.isInputShared && overlap(output, context.input),
      isInputReadBackwards,
      needsInputGrad,
      outputHalo: haloInFrontOf(layers.slice(position + 1), context.outputHalo),
      inputGradHalo: haloBehind(layers.slice(0, position), context.inputGradHalo),
    });
    planned.push(added);
    isInputReadBackwards = readsOutput(each) || (isInputReadBackwards && overlap(added.output, output));
    output = added.output;
    needsInputGrad ||= everyLayer([each]).some((inner) => isTrained(inner) && !context.isFrozen(inner));
  }
  return {
    output,
    backward(outputGrad) {
      let gradient: Tensor | undefined = outputGrad;
      for (const layer of planned.toReversed()) gradient = gradient && layer.backward(gradient);
      return gradient;
    },
  };
}

function readsOutput({ layer }: ResolvedLayer): boolean {
  return layer.type !== 'residual' && ruleOf(layer).readsOutputBackwards;
}

function isTrained({ parameters }: ResolvedLayer): boolean {
  return parameters.some(({ trained }) => trained);
}

function planLayer(placed: ResolvedLayer, context: SequenceContext): PlannedLayer {
  const { index, name, layer, output } = placed;
  if (layer.type === 'residual') return planResidual(placed, layer, context);
  return ruleOf(layer).plan(layer, {
    ...context,
    index,
    name,
    outputShape: output.shape,
    isFrozen: context.isFrozen(placed),
    parameter: (part) => context.parameter(`${name}.${part}`),
    gradient: (part) => context.gradient(`${name}.${part}`),
  });
}

/** Both branches read the input and, backwards, the gradient of the output: the first must not write over either. */
function planResidual(
  { name, output: { shape }, branches: { layers, shortcut } = NO_BRANCHES }: ResolvedLayer,
  residual: Residual,
  context: SequenceContext,
): PlannedLayer {
  const { builder } = context;
  const inside = { ...context, isInputShared: true, outputHalo: noHalo() };
  const main = planSequence(layers, inside);
  const other = planSequence(shortcut, inside);
  const output = builder.perImage(`${name}.output`, shape, { halo: context.outputHalo });
  builder.add({ op: 'add', reads: { input: main.output, other: other.output }, writes: { output } });

  /** The gradient for the layers, in a tensor of its own where they would write over it. */
  const gradientForLayers = (outputGrad: Tensor): Tensor => {
    if (!writesOverGradient(residual.layers)) return outputGrad;
    const halo = haloBehind(residual.layers, context.inputGradHalo);
    const copy = builder.perImage(`${name}.outputGrad`, shape, { halo });
    builder.add({ op: 'padImages', reads: { input: outputGrad }, writes: { output: copy } });
    return copy;
  };
  return {
    output,
    backward(outputGrad) {
      const gradient = main.backward(gradientForLayers(outputGrad));
      const otherGrad = other.backward(outputGrad);
      if (!context.needsInputGrad || gradient === undefined || otherGrad === undefined) return undefined;
      const reads = { input: gradient, other: otherGrad };
      builder.add({ op: 'add', reads, writes: { output: gradient } });
      return gradient;
    },
  };
}

const NO_BRANCHES: Branches = { layers: [], shortcut: [] };

/** Whether the backward pass of layers in a row writes over the gradient it is given. */
function writesOverGradient(layers: readonly Layer[]): boolean {
  const last = layers.at(-1);
  if (last === undefined) return false;
  return last.type === 'residual' ? writesOverGradient(last.shortcut ?? []) : ruleOf(last).inPlace;
}

/**
 * The halo that layers in a row need around their input.
 *
 * @param behind what is needed behind the last of them
 */
export function haloInFrontOf(layers: readonly Layer[], behind: Pair): Pair {
  const first = layers.at(0);
  if (first === undefined) return behind;
  if (first.type === 'residual') {
    return widest([first.layers, first.shortcut ?? []].map((branch) => haloInFrontOf(branch, noHalo())));
  }
  const halo = ruleOf(first).inputHalo(first);
  return halo === 'same' ? haloInFrontOf(layers.slice(1), behind) : halo;
}

/**
 * The halo that layers in a row need around the gradient of their output.
 *
 * @param inFront what is needed around the gradient of their input
 */
function haloBehind(layers: readonly Layer[], inFront: Pair): Pair {
  const last = layers.at(-1);
  if (last === undefined) return inFront;
  if (last.type === 'residual') {
    return widest([last.layers, last.shortcut ?? []].map((branch) => haloBehind(branch, noHalo())));
  }
  const halo = ruleOf(last).outputGradHalo(last);
  return halo === 'same' ? haloBehind(layers.slice(0, -1), inFront) : halo;
}

function widest(halos: readonly Pair[]): Pair {
  return [Math.max(...halos.map(([above]) => above)), Math.max(...halos.map(([, left]) => left))];
}
