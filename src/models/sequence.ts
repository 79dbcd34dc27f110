import {
  type Container,
  containerDefinitionOf,
  definitionOf,
  isContainer,
  type Layer,
} from '../layers/index.js';
import type { PlanContext, PlannedLayer } from '../layers/layer.js';
import { overlap, type Tensor } from '../plan/tensor.js';
import { type Branches, branchesOf, type ResolvedLayer, withInner } from './resolved.js';

/** What a sequence of layers needs to be added to a plan; parameters are looked up by their full names. */
export type SequenceContext = Omit<
  PlanContext,
  'index' | 'name' | 'outputShape' | 'outputHalo' | 'inputGradHalo' | 'isFrozen'
> & {
  readonly isFrozen: (layer: ResolvedLayer) => boolean;
  /** Called with each layer's output before the next layer, which may overwrite it, is added. */
  readonly onOutput: ((layer: ResolvedLayer, output: Tensor) => void) | undefined;
  readonly observedGradient: ObservedGradient | undefined;
};

/** The layer down to which gradients are needed even if no parameter before it is trained, and what reads that of its output. */
export interface ObservedGradient {
  readonly layer: string;
  /** Called before the backward pass of the layer, which may overwrite the gradient, is added. */
  readonly observe: (gradient: Tensor) => void;
}

/** Adds layers to a plan, one after the other. Without any, the output is the input. */
export function planSequence(layers: readonly ResolvedLayer[], context: SequenceContext): PlannedLayer {
  const planned: PlannedLayer[] = [];
  const { observedGradient } = context;
  const isObserved = ({ name }: ResolvedLayer) => name === observedGradient?.layer;
  let output = context.input;
  let { needsInputGrad, isInputReadBackwards } = context;
  for (const each of layers) {
    const added = planLayer(each, {
      ...context,
      input: output,
      isInputShared: context.isInputShared && overlap(output, context.input),
      isInputReadBackwards,
      needsInputGrad,
    });
    context.onOutput?.(each, added.output);
    planned.push(added);
    isInputReadBackwards = readsOutput(each) || (isInputReadBackwards && overlap(added.output, output));
    output = added.output;
    needsInputGrad ||= withInner([each]).some(
      (inner) => (isTrained(inner) && !context.isFrozen(inner)) || isObserved(inner),
    );
  }
  return {
    output,
    backward(outputGrad) {
      let gradient: Tensor | undefined = outputGrad;
      for (let i = planned.length - 1; i >= 0 && gradient !== undefined; i--) {
        if (isObserved(layers[i])) observedGradient?.observe(gradient);
        gradient = planned[i].backward(gradient);
      }
      return gradient;
    },
  };
}

function readsOutput({ layer }: ResolvedLayer): boolean {
  return !isContainer(layer) && definitionOf(layer).backwardReadsOutput;
}

function isTrained({ parameters }: ResolvedLayer): boolean {
  return parameters.some(({ trained }) => trained);
}

function planLayer(resolved: ResolvedLayer, context: SequenceContext): PlannedLayer {
  const { index, name, layer, output, halos } = resolved;
  if (isContainer(layer)) return planContainer(resolved, layer, context);
  return definitionOf(layer).plan(layer, {
    ...context,
    index,
    name,
    outputShape: output.shape,
    outputHalo: halos.output,
    inputGradHalo: halos.inputGrad,
    isFrozen: context.isFrozen(resolved),
    parameter: (part) => context.parameter(`${name}.${part}`),
    gradient: (part) => context.gradient(`${name}.${part}`),
  });
}

/** Both branches read the input and, in the backward pass, may read the gradient of the output: the first must overwrite neither. */
function planContainer(
  { name, halos, branches: { layers, shortcut } = NO_BRANCHES }: ResolvedLayer,
  container: Container,
  context: SequenceContext,
): PlannedLayer {
  const { builder, needsInputGrad } = context;
  const inside = { ...context, isInputShared: true };
  const main = planSequence(layers, inside);
  const other = planSequence(shortcut, inside);
  const combined = containerDefinitionOf(container).plan({
    builder,
    name,
    outputs: { layers: main.output, shortcut: other.output },
    outputHalo: halos.output,
    layersGradHalo: layers[layers.length - 1].halos.outputGrad,
    layersOverwriteGrad: writesOverGradient(container.layers),
    needsInputGrad,
  });
  return {
    output: combined.output,
    backward(outputGrad) {
      const grads = combined.backward(outputGrad);
      const gradient = main.backward(grads.layers);
      const otherGrad = other.backward(grads.shortcut);
      if (!needsInputGrad || gradient === undefined || otherGrad === undefined) return undefined;
      const reads = { input: gradient, other: otherGrad };
      builder.add({ op: 'add', reads, writes: { output: gradient } });
      return gradient;
    },
  };
}

const NO_BRANCHES: Branches = { layers: [], shortcut: [] };

/** Whether the backward pass of a sequence of layers overwrites the gradient of its output. */
function writesOverGradient(layers: readonly Layer[]): boolean {
  const last = layers.at(-1);
  if (last === undefined) return false;
  if (!isContainer(last)) return definitionOf(last).inPlace;
  const [, shortcut] = branchesOf(last);
  return containerDefinitionOf(last).passesOutputGrad && writesOverGradient(shortcut);
}
