import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { didYouMean } from '../core/suggest.js';
import type { Dataset } from '../data/dataset.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import type { ResolvedModel } from '../models/resolved.js';
import type { Weights } from '../models/weights.js';

/** A saved network as the start of training on other data. */
export interface Backbone {
  readonly model: Model;
  /** All its weights, but for those of a new head. */
  readonly weights: Weights;
  /** How many training batches its running statistics have seen. */
  readonly batches: number;
  /** The layer that starts from new weights, where the classes are others. */
  readonly newHead: string | undefined;
}

/**
 * Fits a saved network to a data set: where the classes are others, its last linear layer is made anew, with an output for
 * each.
 *
 * @param who the run or file, to begin an error with
 * @throws {InklingError} when it takes other images, or has no last linear layer
 */
export function backboneFor(saved: SavedModel, dataset: Dataset, who: string): Backbone {
  const { model, weights, batches } = saved;
  const [image, expected] = [formatShape(dataset.shape), formatShape(model.input)];
  if (image !== expected) {
    throw new InklingError(
      `init-from: ${who} takes images of ${expected}, but those of ${dataset.name} are ${image}; ` +
        'start from a network for such images, or train anew',
    );
  }
  const isSame = saved.classes.join('\n') === dataset.classes.join('\n');
  if (isSame) return { model, weights, batches, newHead: undefined };
  const place = model.layers.findLastIndex(({ type }) => type === 'linear');
  const head = model.layers.at(place);
  const name = head?.name ?? String(place);
  const layers = model.layers.map((layer) =>
    layer === head && layer.type === 'linear' ? { ...layer, outFeatures: dataset.classes.length } : layer,
  );
  const adapted = { ...model, layers };
  if (resolveModel(adapted).classes !== dataset.classes.length) {
    throw new InklingError(
      `init-from: ${who} does not end with a linear layer, expected one to make anew for the ` +
        `${dataset.classes.length} classes of ${dataset.name}; train a network of another kind`,
    );
  }
  const kept = [...weights].filter(([parameter]) => !isWithin(parameter, name));
  return { model: adapted, weights: new Map(kept), batches, newHead: name };
}

/**
 * The trained parameters of the layers that stay as they are.
 *
 * @param freeze names of layers, or what the names of several begin with: `layer1` is `layer1.0`, `layer1.1` and so on
 * @throws {InklingError} when a name is that of no layer with weights, or nothing is left to train
 */
export function frozenParameters(
  { model, parameters }: ResolvedModel,
  freeze: readonly string[],
): ReadonlySet<string> {
  const trained = parameters.filter(({ spec }) => spec.trained).map(({ name }) => name);
  for (const layer of freeze) {
    if (trained.some((parameter) => isWithin(parameter, layer))) continue;
    const known = layersOf(trained);
    throw new InklingError(
      `freeze: ${model.name} has no layer "${layer}" with weights.${didYouMean(layer, known)} ` +
        `Those it has: ${known.join(', ')}`,
    );
  }
  const frozen = trained.filter((parameter) => freeze.some((layer) => isWithin(parameter, layer)));
  if (frozen.length === trained.length) {
    throw new InklingError(
      `freeze: nothing of ${model.name} is left to train; expected some of its layers, got all: ${freeze.join(', ')}`,
    );
  }
  return new Set(frozen);
}

function isWithin(parameter: string, layer: string): boolean {
  return parameter.startsWith(`${layer}.`);
}

/** The layers of parameters, and what the names of several begin with, the shortest first. */
function layersOf(parameters: readonly string[]): string[] {
  const names = new Set<string>();
  for (const parameter of parameters) {
    const parts = parameter.split('.').slice(0, -1);
    parts.forEach((_, place) => names.add(parts.slice(0, place + 1).join('.')));
  }
  return [...names].sort((a, b) => a.split('.').length - b.split('.').length);
}
