import type { Pair, Shape } from '#inkling/core/shape.js';
import { windowOutput } from '#inkling/layers/window.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import type { OpDraw } from './opDraw.js';

/** Channels for Winograd's algorithm, multiples of four: a block has rows of several images for the fewest, and one row for the most. */
const CHANNELS = [4, 8, 12, 20, 64];

/** A window and matching channels, which Winograd's algorithm can compute if it is to be used. */
export function convolutionOf(draw: OpDraw, exact: 'input' | 'output', usesWinograd: boolean) {
  if (!usesWinograd) {
    return { ...draw.window(exact, 5, 3), inputs: draw.channels, outputs: draw.otherChannels };
  }
  const kernel: Pair = [3, 3];
  const stride: Pair = [1, 1];
  const padding = draw.pair(0, 2);
  const drawn: Pair = [draw.height, draw.width];
  const shrink = ([height, width]: Pair): Pair => [height + 2 - 2 * padding[0], width + 2 - 2 * padding[1]];
  const input = exact === 'input' ? atLeastWindow(drawn, padding) : shrink(drawn);
  const padded: Pair = [input[0] + 2 * padding[0], input[1] + 2 * padding[1]];
  const output = windowOutput(padded, kernel, stride);
  const [inputs, outputs] = [0, 1].map(() => CHANNELS[draw.integer(0, CHANNELS.length - 1)]);
  return { kernel, stride, padding, input, output, inputs, outputs };
}

/** Enlarges an input so that there is at least one output pixel. */
function atLeastWindow([height, width]: Pair, padding: Pair): Pair {
  return [Math.max(height, 3 - 2 * padding[0], 1), Math.max(width, 3 - 2 * padding[1], 1)];
}

const G = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
];

/** A 3×3 weight of that name, and its `transformed` form. */
export function transformable<Name extends string>(
  draw: OpDraw,
  name: Name,
  inputs: number,
  outputs: number,
): Record<Name | 'transformed', Tensor> {
  const matrix = inputs * outputs;
  const weight = Float32Array.from({ length: 9 * matrix }, () => draw.random.uniform(-1, 1));
  const transformed = (element: number): number => {
    const [position, pair] = [Math.floor(element / matrix), element % matrix];
    const [row, column] = [G[Math.floor(position / 4)], G[position % 4]];
    return row.reduce(
      (sum, g, ky) =>
        sum + column.reduce((inner, h, kx) => inner + g * h * weight[(3 * ky + kx) * matrix + pair], 0),
      0,
    );
  };
  const shape: Shape = [3, 3, inputs, outputs];
  return {
    [name]: draw.shared(name, shape, (element) => weight[element]),
    transformed: draw.shared('transformed', [16, inputs, outputs], transformed),
  } as Record<Name | 'transformed', Tensor>;
}
