import { taskRange } from '../../plan/plan.js';
import { tileSizeOf } from '../../plan/winograd.js';
import { gridOf } from './lib/indices.js';
import type { ReferenceKernel } from './lib/kernel.js';

/** The matrices G of Winograd's algorithms F(2×2, 3×3) and F(4×4, 3×3), the latter for the points 0, ±3/4, ±3/2 and infinity. */
const G = {
  2: [
    [1, 0, 0],
    [1 / 2, 1 / 2, 1 / 2],
    [1 / 2, -1 / 2, 1 / 2],
    [0, 0, 1],
  ],
  4: [
    [64 / 81, 0, 0],
    [-128 / 243, -32 / 81, -8 / 27],
    [-128 / 243, 32 / 81, -8 / 27],
    [32 / 243, 16 / 81, 8 / 27],
    [32 / 243, -16 / 81, 8 / 27],
    [0, 0, 1],
  ],
} as const;

/**
 * `G g Gᵀ` of the 3×3 weight g of each pair of input and output channels; from Lavin and Gray, "Fast Algorithms for Convolutional Neural
 * Networks", 2015.
 */
export const winogradWeight: ReferenceKernel<'winogradWeight'> = ({ reads, writes }, memory) => {
  const weight = memory.floats(reads.weight);
  const transformed = memory.floats(writes.transformed);
  const [inputs, outputs] = reads.weight.shape.slice(-2);
  const [, rows, width] = writes.transformed.shape;
  const matrix = inputs * outputs;
  const g = G[tileSizeOf(writes.transformed)];

  return (task) => {
    const [begin, end] = taskRange(matrix, task);
    for (let element = begin; element < end; element++) {
      const [input, output] = [Math.floor(element / outputs), element % outputs];
      const panel = Math.floor(output / width);
      for (const [position, [row, column]] of gridOf(g.length, g.length).entries()) {
        let sum = 0;
        for (const [tap, [ky, kx]] of gridOf(3, 3).entries()) {
          sum += g[row][ky] * weight[tap * matrix + element] * g[column][kx];
        }
        transformed[(position * rows + panel * inputs + input) * width + (output % width)] = sum;
      }
    }
  };
};
