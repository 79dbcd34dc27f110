import { UsageError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { listNames, unknownName } from '../core/suggest.js';
import type { ResolvedLayer, ResolvedModel } from '../models/resolved.js';

/** The layers that output an image of several rows and columns, in the order in which they compute. */
export function spatialLayers({ allLayers }: ResolvedModel): readonly ResolvedLayer[] {
  return allLayers.filter(({ output: { shape } }) => shape.length === 3 && shape[0] > 1 && shape[1] > 1);
}

/**
 * The layer whose output a class activation map is computed from.
 *
 * @param name its name; by default the last layer that outputs an image, usually the one before global pooling
 * @throws {UsageError} when the model has no such layer, or it outputs no image
 */
export function chooseLayer(resolved: ResolvedModel, name?: string): ResolvedLayer {
  const { model, allLayers } = resolved;
  const layers = spatialLayers(resolved);
  const last = layers.at(-1);
  if (last === undefined) {
    throw new UsageError(
      `${model.name}: expected a layer that outputs an image of at least 2×2 pixels, got none; use the method occlusion`,
    );
  }
  if (name === undefined) return last;
  const found = allLayers.find((layer) => layer.name === name);
  const names = layers.map((layer) => layer.name);
  if (found === undefined) throw new UsageError(`${model.name}: ${unknownName('layer', name, names)}`);
  if (layers.includes(found)) return found;
  throw new UsageError(
    `${model.name}: layer "${name}": expected one that outputs an image of at least 2×2 pixels, got one that outputs ` +
      `${formatShape(found.output.shape)}; use ${listNames(names)}`,
  );
}
