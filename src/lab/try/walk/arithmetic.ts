/** How each number of a layer's output follows from its input and weights: the definition of the layer, in double precision. */
import type { Layer } from '#inkling/index.js';
import { type Arithmetic, type LayerData, positionOf } from './layerData.js';
import { weightedSum } from './weightedSum.js';
import { type InputWindow, windowOf } from './window.js';

/** Those of PyTorch, which layers have by default. */
const [DEFAULT_EPSILON, DEFAULT_SLOPE] = [1e-5, 0.01];

/**
 * How a number of the output is computed.
 *
 * @param index among the values of the output
 * @returns undefined for kinds of layers that the lab does not have
 */
export function arithmeticOf(data: LayerData, index: number): Arithmetic | undefined {
  const { inputs, output } = data;
  const { layer } = data.walked.layer;
  const input = inputs[0].values[index];
  const [column, row] = positionOf(output, index);
  const window = windowOf(layer, inputs[0].shape, row, column);
  switch (layer.type) {
    case 'conv2d':
      // The lab has none with groups: pretrained networks do.
      return (layer.groups ?? 1) > 1 ? undefined : window && weightedSum(data, index, window);
    case 'linear':
      return weightedSum(data, index);
    case 'maxPool2d':
      return window && pooling('largest', data, index, window);
    case 'avgPool2d':
    case 'globalAvgPool2d':
      return window && pooling('mean', data, index, window);
    case 'batchNorm2d':
    case 'batchNorm1d':
      return normalization(data, index, layer.epsilon ?? DEFAULT_EPSILON);
    case 'residual': {
      const both = inputs.map(({ values }) => values[index]);
      return { kind: 'added', inputs: both, result: both[0] + both[1] };
    }
    default:
      return elementwise(layer, input);
  }
}

function elementwise(layer: Layer, input: number): Arithmetic | undefined {
  switch (layer.type) {
    case 'relu':
      return { kind: 'relu', input, result: Math.max(0, input) };
    case 'leakyRelu': {
      const { slope = DEFAULT_SLOPE } = layer;
      return { kind: 'leakyRelu', input, slope, result: input > 0 ? input : slope * input };
    }
    case 'sigmoid':
      return { kind: 'sigmoid', input, result: 1 / (1 + Math.exp(-input)) };
    case 'flatten':
    case 'dropout':
      return { kind: 'copy', input, result: input };
    default:
      return undefined;
  }
}

function pooling(
  kind: 'largest' | 'mean',
  { inputs: [{ shape, values }], output }: LayerData,
  index: number,
  { top, left, height, width }: InputWindow,
): Arithmetic {
  const [rows, columns, channels] = shape;
  const [, , channel] = positionOf(output, index);
  const valueAt = (y: number, x: number) =>
    y >= 0 && x >= 0 && y < rows && x < columns ? values[(y * columns + x) * channels + channel] : undefined;
  const shown = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => valueAt(top + y, left + x)),
  );
  const inside = shown.flat().filter((value) => value !== undefined);
  const result =
    kind === 'largest' ? Math.max(...inside) : inside.reduce((sum, value) => sum + value, 0) / inside.length;
  return { kind, rows: shown, result };
}

function normalization(
  { walked, inputs, output, weights }: LayerData,
  index: number,
  epsilon: number,
): Arithmetic {
  const input = inputs[0].values[index];
  const channels = output.shape[output.shape.length - 1];
  const [mean, variance, weight, bias] = ['running_mean', 'running_var', 'weight', 'bias'].map(
    (name) => weights.get(`${walked.layer.name}.${name}`)?.[index % channels] ?? 0,
  );
  const result = ((input - mean) / Math.sqrt(variance + epsilon)) * weight + bias;
  return { kind: 'normalization', input, mean, variance, epsilon, weight, bias, result };
}
