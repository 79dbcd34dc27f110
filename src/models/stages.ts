import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import type { ResolvedModel } from './resolved.js';

/**
 * The stages of a model: consecutive layers that output images of the same height and width. Layers that output a vector or a single pixel,
 * such as those after global average pooling, belong to none.
 *
 * @returns the index of each stage's first layer
 */
export function stagesOf(resolved: ResolvedModel): readonly number[] {
  const sizes = resolved.layers
    .slice(0, endOfStages(resolved))
    .map(({ output: { shape } }) => formatShape(shape.slice(0, 2)));
  return [...sizes.keys()].filter((index) => sizes[index] !== sizes[index - 1]);
}

/** The index of the first layer that belongs to no stage. */
export function endOfStages({ layers }: ResolvedModel): number {
  const end = layers.findIndex(({ output: { shape } }) => shape.length !== 3 || shape[0] * shape[1] === 1);
  return end === -1 ? layers.length : end;
}

/**
 * The first layer of each of the last stages, the last one first.
 *
 * @throws {InklingError} when there are fewer
 */
export function lastStages(resolved: ResolvedModel, count: number): readonly number[] {
  const stages = stagesOf(resolved);
  if (count <= stages.length) return stages.slice(-count).reverse();
  throw new InklingError(
    `fineTune: expected at most ${stages.length}, the number of stages of ${resolved.model.name}, got ${count}`,
  );
}
