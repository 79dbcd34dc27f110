import { InklingError } from '../core/errors.js';
import type { CamMethod } from './methods.js';
import type { LayerGradient } from './layerGradients.js';

/** What a class activation map adds up at each position: for each channel, its activation times a weight. */
const CHANNEL_WEIGHTS: Readonly<Record<CamMethod, (gradient: LayerGradient) => WeightAt>> = {
  /** Jiang et al., "LayerCAM: Exploring Hierarchical Class Activation Maps for Localization", IEEE TIP 30, 2021. */
  'layer-cam':
    ({ gradients }) =>
    (index) =>
      Math.max(0, gradients[index]),
  /** Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", ICCV 2017. */
  'grad-cam': (gradient) => {
    const means = channelMeans(gradient);
    return (index) => means[index % means.length];
  },
};

/** The weight of an element of the activations, by its index. */
type WeightAt = (index: number) => number;

/**
 * Where the output of a layer counts for a class: the sum over the channels of the activations, times a weight that follows from the
 * gradients; negative sums are 0, and the largest is 1. All are 0 if nothing counts for the class.
 *
 * @returns `[height, width]` of the layer
 * @throws {InklingError} when the numbers are not finite
 */
export function activationMap(gradient: LayerGradient, method: CamMethod): Float32Array<ArrayBuffer> {
  const { shape, activations } = gradient;
  const [height, width, channels] = shape;
  const weightAt = CHANNEL_WEIGHTS[method](gradient);
  const sums = new Float32Array(height * width);
  activations.forEach((value, index) => {
    sums[Math.floor(index / channels)] += value * weightAt(index);
  });
  const unknown = sums.find((sum) => !Number.isFinite(sum));
  if (unknown !== undefined) {
    throw new InklingError(
      `${method}: expected finite gradients, got ${unknown}; the weights are too large or damaged: use another model`,
    );
  }
  const largest = sums.reduce((maximum, sum) => Math.max(maximum, sum), 0) || 1;
  return sums.map((sum) => Math.max(0, sum) / largest);
}

/** `[channels]` */
function channelMeans({ shape: [height, width, channels], gradients }: LayerGradient): Float64Array {
  const means = new Float64Array(channels);
  gradients.forEach((value, index) => {
    means[index % channels] += value / (height * width);
  });
  return means;
}

/**
 * Enlarges a map to the size of the image with bilinear interpolation, like PyTorch's `interpolate` without aligned corners.
 *
 * @param values `[height, width]`
 * @returns of the wanted size
 */
export function enlarge(
  values: Float32Array,
  [height, width]: readonly [height: number, width: number],
  [toHeight, toWidth]: readonly [height: number, width: number],
): Float32Array<ArrayBuffer> {
  const rows = neighbors(height, toHeight);
  const columns = neighbors(width, toWidth);
  return Float32Array.from({ length: toHeight * toWidth }, (_, index) => {
    const row = rows[Math.floor(index / toWidth)];
    const column = columns[index % toWidth];
    const rowAt = (y: number) =>
      values[y * width + column.first] * (1 - column.share) +
      values[y * width + column.second] * column.share;
    return rowAt(row.first) * (1 - row.share) + rowAt(row.second) * row.share;
  });
}

/** For each position of an enlarged axis, the two positions that it lies between, and the share of the second one. */
function neighbors(size: number, toSize: number) {
  return Array.from({ length: toSize }, (_, position) => {
    const center = Math.max(0, ((position + 0.5) * size) / toSize - 0.5);
    const first = Math.min(Math.floor(center), size - 1);
    return { first, second: Math.min(first + 1, size - 1), share: center - first };
  });
}
