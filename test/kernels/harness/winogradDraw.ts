import type { Pair } from '#inkling/core/shape.js';
import { WEIGHT_TRANSFORMS } from '#inkling/kernels/reference/lib/winograd.js';
import { windowOutput } from '#inkling/layers/shared/window.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import type { TileSize } from '#inkling/plan/opShape.js';
import { transformedShape } from '#inkling/plan/winograd.js';
import type { OpDraw } from './opDraw.js';

/** Channels for Winograd's algorithm, multiples of eight: a block has rows of several images for the fewest, and one row for the most. */
const CHANNELS = [8, 16, 24, 40, 64];

/** A window and matching channels, which Winograd's algorithm can compute if it is to be used. */
export function convolutionOf(draw: OpDraw, exact: 'input' | 'output', usesWinograd: boolean) {
  if (!usesWinograd) {
    return {
      ...draw.window(exact, 5, 3, draw.index % 4 === 0 ? 3 : 1),
      inputs: draw.channels,
      outputs: draw.otherChannels,
    };
  }
  const kernel: Pair = [3, 3];
  const stride: Pair = [1, 1];
  const padding = draw.pair(0, 2);
  // Narrow images are high, so that they have several rows of tiles.
  const drawn: Pair = [draw.width <= 4 ? draw.height + 12 : draw.height, draw.width];
  const shrink = ([height, width]: Pair): Pair => [height + 2 - 2 * padding[0], width + 2 - 2 * padding[1]];
  const input = exact === 'input' ? atLeastWindow(drawn, padding) : shrink(drawn);
  const padded: Pair = [input[0] + 2 * padding[0], input[1] + 2 * padding[1]];
  const output = windowOutput(padded, kernel, stride);
  const [inputs, outputs] = [0, 1].map(() => CHANNELS[draw.integer(0, CHANNELS.length - 1)]);
  return { kernel, stride, padding, dilation: [1, 1] as const, input, output, inputs, outputs };
}

/** Enlarges an input so that there is at least one output pixel. */
function atLeastWindow([height, width]: Pair, padding: Pair): Pair {
  return [Math.max(height, 3 - 2 * padding[0], 1), Math.max(width, 3 - 2 * padding[1], 1)];
}

/** The size of the tiles of a case: each is drawn as often. */
export function tileSizeOf(draw: OpDraw): TileSize {
  return draw.index % 4 === 1 ? 2 : 4;
}

/** A 3×3 weight of that name, and its `transformed` form. */
export function transformable<Name extends string>(
  draw: OpDraw,
  name: Name,
  inputs: number,
  outputs: number,
): Record<Name | 'transformed', Tensor> {
  const matrix = inputs * outputs;
  const weight = Float32Array.from({ length: 9 * matrix }, () => draw.random.uniform(-1, 1));
  const tileSize = tileSizeOf(draw);
  const g = WEIGHT_TRANSFORMS[tileSize];
  const shape = transformedShape(tileSize, inputs, outputs);
  const [, rows, width] = shape;
  const transformed = (element: number): number => {
    const row = Math.floor(element / width) % rows;
    const output = Math.floor(row / inputs) * width + (element % width);
    const input = row % inputs;
    const position = Math.floor(element / (width * rows));
    if (output >= outputs) return 0;
    const [vertical, horizontal] = [g[Math.floor(position / g.length)], g[position % g.length]];
    return vertical.reduce(
      (sum, above, ky) =>
        sum +
        horizontal.reduce(
          (inner, factor, kx) =>
            inner + above * factor * weight[(3 * ky + kx) * matrix + input * outputs + output],
          0,
        ),
      0,
    );
  };
  return {
    [name]: draw.shared(name, [3, 3, inputs, outputs], (element) => weight[element]),
    transformed: draw.shared('transformed', shape, transformed),
  } as Record<Name | 'transformed', Tensor>;
}
