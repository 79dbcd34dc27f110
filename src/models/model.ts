import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { positiveInteger } from '../core/validate.js';
import { type Layer, layerSchema, ruleOf } from '../layers/index.js';
import type { Activation, ParameterSpec } from '../layers/layer.js';

export const modelSchema = z.strictObject({
  name: z.string().min(1),
  /** One input image: `[height, width, channels]`. */
  input: z.tuple([positiveInteger, positiveInteger, positiveInteger]).readonly(),
  layers: z.array(layerSchema).min(1).readonly(),
  /**
   * True for a network whose PyTorch constructor sends one image of zeros through all layers in front of the first linear
   * one, in training mode, to learn how long the flattened vector is: that moves their running statistics once.
   */
  probesWithZeros: z.boolean().optional(),
});

/** What a network is, apart from its weights: data that can be saved, printed and compiled. */
export type Model = Readonly<z.infer<typeof modelSchema>>;

/** A layer at its place in a model. */
export interface PlacedLayer {
  readonly index: number;
  /** Its own name, or its index: the prefix of its parameters' names. */
  readonly name: string;
  readonly layer: Layer;
  readonly input: Activation;
  readonly output: Activation;
  readonly parameters: readonly ParameterSpec[];
  readonly multiplyAdds: number;
}

/**
 * Every layer with the shapes that flow in and out of it.
 *
 * @throws {InklingError} naming the first layer that cannot take what it gets
 */
export function placeLayers(model: Model): readonly PlacedLayer[] {
  const placed: PlacedLayer[] = [];
  const names = new Set<string>();
  let input: Activation = { shape: model.input };
  for (const [index, layer] of model.layers.entries()) {
    const name = layer.name ?? String(index);
    if (names.has(name)) throw new InklingError(`${model.name}: two layers are called "${name}"; rename one`);
    names.add(name);
    const rule = ruleOf(layer);
    const output = rule.outputOf(layer, input, `${name} (${layer.type})`);
    placed.push({
      index,
      name,
      layer,
      input,
      output,
      parameters: rule.parametersOf(layer, input),
      multiplyAdds: rule.multiplyAdds(layer, input),
    });
    input = output;
  }
  if (input.shape.length !== 1) {
    throw new InklingError(
      `${model.name}: its last layer gives an image of ${formatShape(input.shape)}; end with flatten and linear`,
    );
  }
  return placed;
}

/** How many classes a model tells apart. */
export function classCountOf(model: Model): number {
  return placeLayers(model).at(-1)?.output.shape[0] ?? 0;
}
