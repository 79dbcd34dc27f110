import { normalize, type SimpleLayer } from '../../../../layers/index.js';
import { InklingError } from '../../../../core/errors.js';
import { shortestDecimal } from '../operators/operation.js';
import type { AffinePiece, LayerPiece, Parameter } from '../pieces.js';

/** Equal up to the rounding of float32. */
export function isClose(value: number, expected: number): boolean {
  return Math.abs(value - expected) <= 1e-6 * Math.max(1, Math.abs(expected));
}

/** Whether a piece is `scale · x + shift` with these two numbers for all channels. */
export function isAffine(
  { scale, shift }: AffinePiece,
  expectedScale: number,
  expectedShift: number,
): boolean {
  return (
    scale.every((value) => isClose(value, expectedScale)) &&
    shift.every((value) => isClose(value, expectedShift))
  );
}

/** One piece for two of them that follow each other. */
export function mergeAffine(first: AffinePiece, second: AffinePiece): AffinePiece {
  const scale = perChannel(first.scale, second.scale, (a, b) => a * b);
  const scaledShift = perChannel(first.shift, second.scale, (a, b) => a * b);
  return {
    ...second,
    name: second.name ?? first.name,
    scale,
    shift: perChannel(scaledShift, second.shift, (a, b) => a + b),
  };
}

function perChannel(
  first: readonly number[],
  second: readonly number[],
  combine: (a: number, b: number) => number,
): readonly number[] {
  const length = Math.max(first.length, second.length);
  return Array.from({ length }, (_, channel) =>
    combine(first[channel % first.length], second[channel % second.length]),
  );
}

/** The layer with the scale and the shift in its weights; undefined if it has none that could contain them. */
export function absorbAffine(piece: LayerPiece, affine: AffinePiece): LayerPiece | undefined {
  const { layer, parameters } = piece;
  if (!('weight' in parameters)) return undefined;
  const { weight } = parameters;
  const [outputs] = weight.shape;
  const perOutput = weight.values.length / outputs;
  const at = (values: readonly number[], output: number) => values[output % values.length];
  const bias: Parameter = {
    shape: [outputs],
    values: Float32Array.from({ length: outputs }, (_, output) => {
      const before = 'bias' in parameters ? parameters.bias.values[output] : 0;
      return before * at(affine.scale, output) + at(affine.shift, output);
    }),
  };
  const values = weight.values.map((value, index) => value * at(affine.scale, Math.floor(index / perOutput)));
  return {
    ...piece,
    name: piece.name ?? affine.name,
    layer: withBias(layer),
    parameters: { ...parameters, weight: { ...weight, values }, bias },
  };
}

function withBias(layer: SimpleLayer): SimpleLayer {
  return layer.type === 'conv2d' || layer.type === 'linear' ? { ...layer, bias: undefined } : layer;
}

/**
 * The layer for a scale and a shift of an image that no weights can contain.
 *
 * @throws {InklingError} when there is none
 */
export function normalization({ scale, shift, shape, name, label }: AffinePiece): LayerPiece {
  if (shape.length !== 3 || scale.some((value) => !(value > 0))) {
    throw new InklingError(
      `${label}: expected a convolution, a linear layer, or a batch normalization before a constant that is added or multiplied, ` +
        `or an image and positive factors; export the model with constant folding, or simplify it with onnxsim`,
    );
  }
  const channels = Array.from({ length: shape[2] }, (_, channel) => channel);
  const factors = channels.map((channel) => scale[channel % scale.length]);
  const layer = normalize({
    mean: channels.map((channel) => shortestDecimal(-shift[channel % shift.length] / factors[channel])),
    deviation: factors.map((factor) => shortestDecimal(1 / factor)),
  });
  return { kind: 'layer', layer, parameters: {}, name, label };
}
