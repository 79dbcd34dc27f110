import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { InklingError } from '../core/errors.js';
import { formatShape, sizeOf } from '../core/shape.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';

/** The channels of a photo: red, green, blue. */
const COLORS = 3;

/**
 * A trained network with square color photos of a given side as its input, whose last layer can be trained for other classes.
 *
 * @param side in pixels
 * @throws {InklingError} when it is for other images, its weights depend on their size, or it does not end with a linear layer
 */
export function photoBackbone(saved: SavedModel, side: number): SavedModel {
  checkArguments('photoBackbone', { saved });
  checkValues('photoBackbone', { side }, { side: kinds.count });
  const { name, input } = saved.model;
  const model: Model = { ...saved.model, input: [side, side, COLORS] };
  if (input[2] !== COLORS) {
    throw new InklingError(
      `expected a network for photos, whose input has ${COLORS} channels, got ${name} for images of ${formatShape(input)}`,
    );
  }
  if (!fits(model, saved.weights)) {
    throw new InklingError(
      `expected a network for photos of any size, got ${name}, whose layers only take images of ${formatShape(input)}`,
    );
  }
  if (!endsWithLinear(model)) {
    throw new InklingError(`expected a network that ends with a linear layer, got ${name}`);
  }
  return { ...saved, model };
}

/** Whether the weights are those of the model. */
function fits(model: Model, weights: SavedModel['weights']): boolean {
  try {
    return resolveModel(model).parameters.every(
      ({ name, spec }) => weights.get(name)?.length === sizeOf(spec.shape),
    );
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    // Its layers do not take such images.
    return false;
  }
}

/** Whether its last linear layer, which comes after others, decides how many classes there are. */
function endsWithLinear(model: Model): boolean {
  const head = model.layers.findLastIndex(({ type }) => type === 'linear');
  const { classes } = resolveModel(model);
  const layers = model.layers.map((layer, i) =>
    i === head && layer.type === 'linear' ? { ...layer, outFeatures: classes + 1 } : layer,
  );
  return head > 0 && resolveModel({ ...model, layers }).classes === classes + 1;
}
