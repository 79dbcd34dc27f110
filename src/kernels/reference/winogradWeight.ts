import { taskRange } from '../../plan/plan.js';
import type { ReferenceKernel } from './lib/kernel.js';
import { gridOf } from './lib/indices.js';

const G = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
] as const;

/**
 * `G g Gᵀ` of the 3×3 weight g of each pair of input and output channels, with the 4×3 matrix G of Winograd's algorithm F(2×2, 3×3); from
 * Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015.
 */
export const winogradWeight: ReferenceKernel<'winogradWeight'> = ({ reads, writes }, memory) => {
  const weight = memory.floats(reads.weight);
  const transformed = memory.floats(writes.transformed);
  const matrix = weight.length / 9;

  return (task) => {
    const [begin, end] = taskRange(matrix, task);
    for (let element = begin; element < end; element++) {
      for (const [position, [row, column]] of gridOf(4, 4).entries()) {
        let sum = 0;
        for (const [tap, [ky, kx]] of gridOf(3, 3).entries()) {
          sum += G[row][ky] * weight[tap * matrix + element] * G[column][kx];
        }
        transformed[position * matrix + element] = sum;
      }
    }
  };
};
