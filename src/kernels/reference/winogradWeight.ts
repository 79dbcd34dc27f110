import { taskRange } from '../../plan/plan.js';
import { tileSizeOf } from '../../plan/winograd.js';
import { gridOf } from './lib/indices.js';
import type { ReferenceKernel } from './lib/kernel.js';
import { WEIGHT_TRANSFORMS } from './lib/winograd.js';

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
  const g = WEIGHT_TRANSFORMS[tileSizeOf(writes.transformed)];
  const [positions, taps] = [gridOf(g.length, g.length), gridOf(3, 3)];

  return (task) => {
    const [begin, end] = taskRange(matrix, task);
    for (let element = begin; element < end; element++) {
      const [input, output] = [Math.floor(element / outputs), element % outputs];
      const panel = Math.floor(output / width);
      for (const [position, [row, column]] of positions.entries()) {
        let sum = 0;
        for (const [tap, [ky, kx]] of taps.entries()) {
          sum += g[row][ky] * weight[tap * matrix + element] * g[column][kx];
        }
        transformed[(position * rows + panel * inputs + input) * width + (output % width)] = sum;
      }
    }
  };
};
