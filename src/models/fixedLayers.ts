import { type ResolvedLayer, type ResolvedModel, withInner } from './resolved.js';

/**
 * The number of layers at the start of a model whose output for an image stays the same during training: their parameters are frozen, and
 * none is dropout. The last of them outputs an image, with which the rest of the model can start. 0 if they have no parameters.
 *
 * @param frozen names of parameters that are not trained
 */
export function countFixedLayers({ layers }: ResolvedModel, frozen: ReadonlySet<string>): number {
  const firstTrained = layers.findIndex((layer) => !isFixed(layer, frozen));
  const fixed = layers.slice(0, firstTrained === -1 ? 0 : firstTrained);
  const end = fixed.findLastIndex(({ output }) => output.shape.length === 3) + 1;
  return withInner(fixed.slice(0, end)).some(({ parameters }) => parameters.length > 0) ? end : 0;
}

function isFixed(layer: ResolvedLayer, frozen: ReadonlySet<string>): boolean {
  return withInner([layer]).every(
    ({ name, layer: { type }, parameters }) =>
      type !== 'dropout' && parameters.every((spec) => !spec.trained || frozen.has(`${name}.${spec.name}`)),
  );
}
