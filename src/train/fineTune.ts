import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { listNames, unknownName } from '../core/suggest.js';
import type { Dataset } from '../data/dataset.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import type { ResolvedModel } from '../models/resolved.js';
import type { Weights } from '../models/weights.js';
import type { Config, PartialConfig } from './config.js';

/** A saved model from which training on other data starts. */
export interface Backbone {
  readonly model: Model;
  /** All its weights except those of a new head. */
  readonly weights: Weights;
  /** The number of training batches in its running statistics. */
  readonly batches: number;
  /** The output layer that starts from initial weights, if the classes differ. */
  readonly newHead: string | undefined;
}

/**
 * Adapts a saved model to a data set: if the classes differ, its last linear layer is replaced by one with an output for each
 * class.
 *
 * @param name of the run or file, for errors; by default that of the model
 * @example
 * ```ts
 * const backbone = backboneFor(classifier.saved, dataset);
 * const training = fit({ model: backbone.model, backbone, dataset, settings: { freeze: ['layer1'] } });
 * ```
 * @throws {InklingError} when its input shape differs from the data set's, or it does not end with a linear layer
 */
export function backboneFor(saved: SavedModel, dataset: Dataset, name?: string): Backbone {
  checkArguments('backboneFor', { saved, dataset });
  const who = name ?? saved.model.name;
  const { model, weights, batches } = saved;
  const [image, expected] = [formatShape(dataset.shape), formatShape(model.input)];
  if (image !== expected) {
    throw new InklingError(
      `init-from: ${who} expects images of ${expected}, but those of ${dataset.name} are ${image}; ` +
        'start from a model for images of this size, or from initial weights',
    );
  }
  const isSame = saved.classes.join('\n') === dataset.classes.join('\n');
  if (isSame) return { model, weights, batches, newHead: undefined };
  const index = model.layers.findLastIndex(({ type }) => type === 'linear');
  const head = model.layers.at(index);
  const headName = head?.name ?? String(index);
  const layers = model.layers.map((layer) =>
    layer === head && layer.type === 'linear' ? { ...layer, outFeatures: dataset.classes.length } : layer,
  );
  const adapted = { ...model, layers };
  if (resolveModel(adapted).classes !== dataset.classes.length) {
    throw new InklingError(
      `init-from: ${who} does not end with a linear layer, which is needed to adapt it to the ` +
        `${dataset.classes.length} classes of ${dataset.name}; train another model`,
    );
  }
  const reused = [...weights].filter(([parameter]) => !isWithin(parameter, headName));
  return { model: adapted, weights: new Map(reused), batches, newHead: headName };
}

/** How a new last layer is trained on the outputs of the others, which takes seconds once these are known. */
export const HEAD_SETTINGS = {
  epochs: 30,
  schedule: 'cosine',
  // A few hundred photos have too few validation images for their accuracy to tell epochs apart.
  monitor: 'loss',
} as const satisfies PartialConfig;

/** Whether all layers but the last one are frozen because nothing else is configured. */
export function trainsHeadOnly({
  backbone,
  freeze,
  fineTune,
}: Pick<Config, 'backbone' | 'freeze' | 'fineTune'>): boolean {
  return backbone !== undefined && freeze === undefined && fineTune === undefined;
}

/** The network whose published weights a run starts from: the backbone, or the model that is given its weights; undefined if there is none. */
export function publishedNetworkOf({
  backbone,
  weights,
  model,
}: Pick<Config, 'backbone' | 'weights' | 'model'>): string | undefined {
  return backbone ?? (weights && model);
}

/** `the last 2 stages` */
export function formatLastStages(count: number): string {
  return count === 1 ? 'the last stage' : `the last ${count} stages`;
}

/** The name of the last layer with weights. */
export function headOf({ parameters }: ResolvedModel): string {
  const last = parameters.findLast(({ spec }) => spec.trained)?.name ?? '';
  return last.slice(0, last.lastIndexOf('.'));
}

/** The names of all other layers with weights, or the shortest prefixes that stand for them. */
export function allButHead(model: ResolvedModel): readonly string[] {
  checkValues('allButHead', { model }, { model: kinds.resolvedModel });
  const head = headOf(model);
  const trained = model.parameters.filter(({ spec }) => spec.trained).map(({ name }) => name);
  const others = trained.filter((parameter) => !isWithin(parameter, head));
  const names = layersOf(others).filter((name) => !isWithin(`${head}.`, name));
  return names.filter((name) => !names.some((other) => isWithin(name, other)));
}

/** Of the names that an error lists: `layer1.0`, not all those within it. */
const MAX_LISTED_PARTS = 2;

/**
 * The parameters of frozen layers.
 *
 * @param freeze names of layers or prefixes of names: `layer1` stands for `layer1.0`, `layer1.1` and so on
 * @throws {InklingError} when a name matches no layer with weights, or all layers are frozen
 */
export function frozenParameters(
  { model, parameters }: ResolvedModel,
  freeze: readonly string[],
): ReadonlySet<string> {
  const trained = parameters.filter(({ spec }) => spec.trained).map(({ name }) => name);
  for (const layer of freeze) {
    if (trained.some((parameter) => isWithin(parameter, layer))) continue;
    const known = layersOf(trained);
    const listed = known.filter((name) => name.split('.').length <= MAX_LISTED_PARTS);
    const expected = `expected layers of ${model.name} with weights: ${listNames(listed)}`;
    throw new InklingError(`freeze: ${unknownName('layer', layer, known, expected)}`);
  }
  const frozen = trained.filter((parameter) => freeze.some((layer) => isWithin(parameter, layer)));
  if (frozen.length === trained.length) {
    throw new InklingError(
      `freeze: expected some of the layers of ${model.name}, got all of them: ${freeze.join(', ')}`,
    );
  }
  return new Set(frozen);
}

/** Whether a parameter is one of a layer, or of layers whose names begin with its name. */
export function isWithin(parameter: string, layer: string): boolean {
  return parameter.startsWith(`${layer}.`);
}

/** The names of the parameters' layers and their prefixes, shortest first. */
function layersOf(parameters: readonly string[]): string[] {
  const names = new Set<string>();
  for (const parameter of parameters) {
    const parts = parameter.split('.').slice(0, -1);
    parts.forEach((_, index) => names.add(parts.slice(0, index + 1).join('.')));
  }
  return [...names].sort((a, b) => a.split('.').length - b.split('.').length);
}
