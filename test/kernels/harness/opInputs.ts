import type { Pair, Shape } from '#inkling/core/shape.js';
import type { ReluBounds } from '#inkling/plan/opShape.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import type { OpDraw } from './opDraw.js';

/** Whether an operation with a weight also has a bias, as in most cases. */
export function hasBias(draw: OpDraw): boolean {
  return draw.index % 4 !== 3;
}

/** What a convolution computes too, with each algorithm: no ReLU, ReLU, or ReLU with a maximum that some outputs exceed. */
export function reluOf(draw: OpDraw): ReluBounds | undefined {
  return [{ maximum: Infinity }, undefined, { maximum: 0.3 }][Math.floor(draw.index / 4) % 3];
}

/** Infinity, or a maximum that some of the values -4 to 4, and their sums, exceed and some reach. */
export function maximumOf(draw: OpDraw): number {
  return Math.floor(draw.index / 2) % 2 === 0 ? Infinity : 3;
}

/** Images with at least the halo that a convolution needs. */
export function paddedImage(draw: OpDraw, name: string, shape: Shape, [above, left]: Pair): Tensor {
  const [moreAbove, moreLeft] = draw.pair(0, 1);
  return draw.image(name, shape, [above + moreAbove, left + moreLeft]);
}

/** Bytes and labels, and a batch of images with their targets. */
export function sourceToImages(draw: OpDraw) {
  const { labels, ...batch } = labeledSource(draw);
  const images = draw.integers('images', 'u8', batch.writes.output.shape, SOURCE_ITEMS, 255);
  return { ...batch, reads: { images, labels } };
}

/** Features and their labels, and the tensors for a batch of them. */
export function sourceToFeatures(draw: OpDraw) {
  const { labels, ...batch } = labeledSource(draw);
  const value = () => draw.random.uniform(-3, 3);
  const features = draw.shared('features', batch.writes.output.shape, value, SOURCE_ITEMS);
  return { ...batch, reads: { features, labels } };
}

const SOURCE_ITEMS = 30;

function labeledSource(draw: OpDraw) {
  const labels = draw.integers('labels', 'i32', [SOURCE_ITEMS], 1, 1023);
  const targets = draw.builder.perImage('targets', [], { dtype: 'i32' });
  return {
    labels,
    writes: { output: draw.image('output', [draw.height, draw.width, draw.channels]), targets },
  };
}

/** Items of any shape; in every other case the output overwrites the input. */
export function inputToOutput(draw: OpDraw) {
  const shape = draw.anyShape();
  const input = draw.items('input', shape);
  const output = draw.index % 2 === 0 ? input : draw.items('output', shape);
  return { reads: { input }, writes: { output } };
}

/** Adds vectors of the size of a parameter. */
export function elementsOf(draw: OpDraw) {
  return (name: string, low?: number, high = 1): Tensor =>
    draw.shared(
      name,
      [draw.width * draw.channels],
      low === undefined ? undefined : () => draw.random.uniform(low, high),
    );
}

/** The gradient of an input, which may overwrite it. */
export function inputGradOf(draw: OpDraw, input: Tensor): Tensor {
  const isInPlace = draw.integer(0, 1) === 1;
  return isInPlace ? { ...input, name: 'inputGrad' } : draw.image('inputGrad', input.shape);
}
