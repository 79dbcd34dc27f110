import { type Model, type ResolvedLayer, resolveModel, type SavedModel, type Shape } from '#inkling/index.js';
import { INPUTS } from '../../data/collection.js';
import type { Pretrained } from './pretrained.js';

/** Names the layer that turns what a list of features is kept as, an image of one pixel, into that list. */
const FEATURES = 'features';

/**
 * What was trained of a network whose other layers are those of a pretrained one: the layers after the last of these that has weights, as
 * a model of their own. The pretrained weights, of megabytes, are kept once for all trainings.
 */
export function trainedPartOf(saved: SavedModel): SavedModel {
  const { layers, parameters } = resolveModel(saved.model);
  const head = layers.findLastIndex(({ layer }) => layer.type === 'linear');
  const hasWeights = ({ name }: ResolvedLayer) => parameters.some((each) => isOf(each.name, name));
  const start = layers.findLastIndex((layer, i) => i < head && hasWeights(layer)) + 1;
  const own = layers.slice(start);
  const { shape } = own[0].input;
  const model: Model = {
    name: saved.model.name,
    input: imageOf(shape),
    layers: [
      ...(shape.length === 1 ? [{ type: 'flatten', name: FEATURES } as const] : []),
      ...own.map(({ layer, name }) => ({ ...layer, name })),
    ],
  };
  const weights = new Map([...saved.weights].filter(([name]) => own.some((layer) => isOf(name, layer.name))));
  return { ...saved, model, weights, inputKind: 'image' };
}

/**
 * Inverse of `trainedPartOf`. The other weights are those of the pretrained network, not copies of them.
 *
 * @param model that of the whole network
 * @throws {Error} when the weights do not belong to the model
 */
export function withPretrained(part: SavedModel, model: Model, { saved }: Pretrained): SavedModel {
  const weights = resolveModel(model).parameters.map(({ name }) => {
    const values = part.weights.get(name) ?? saved.weights.get(name);
    if (values === undefined) throw new Error(`${name} is missing in the weights of a pretrained network`);
    return [name, values] as const;
  });
  return { ...part, model, weights: new Map(weights), inputKind: INPUTS.largePhoto.inputKind };
}

function isOf(parameter: string, layer: string): boolean {
  return parameter.startsWith(`${layer}.`);
}

function imageOf(shape: Shape): Model['input'] {
  const [height, width, channels] = shape.length === 1 ? [1, 1, shape[0]] : shape;
  return [height, width, channels];
}
