import type { Op } from './ops.js';
import { itemBytes, type Tensor } from './tensor.js';
import { tileSizeOf, winogradBlock, winogradWeightGradBlock } from './winograd.js';

/** Rows of sums, each of a float per channel: of a normalization's gradients, and of their products with its centered input. */
const GRAD_SUMS = 2;

/** The scratch memory, in bytes, that a worker needs for an operation. */
export function scratchBytesOf(op: Op): number {
  switch (op.op) {
    case 'conv2d':
      return winogradBytes(op.reads.transformed, op.reads.input, op.writes.output);
    case 'conv2dInputGrad':
      return winogradBytes(op.reads.transformed, op.reads.outputGrad, op.writes.inputGrad);
    case 'conv2dNormReluPool2d':
      return winogradBytes(op.reads.transformed, op.reads.input, op.writes.output, true);
    case 'conv2dWeightGrad':
    case 'conv2dGroupWeightGrad': {
      if (op.tileSize === undefined) return 0;
      return winogradWeightGradBlock(
        op.reads.input,
        op.reads.outputGrad,
        op.tileSize,
        op.writes.weightPartials.count,
      ).bytes;
    }
    case 'batchNormGradSums':
    case 'normReluGradSums':
    case 'normReluPool2dGradSums':
      return GRAD_SUMS * itemBytes(op.reads.mean);
    case 'linear':
      return itemBytes(op.writes.output);
    case 'linearInputGrad':
      return itemBytes(op.writes.inputGrad);
    default:
      return 0;
  }
}

function winogradBytes(
  transformed: Tensor | undefined,
  input: Tensor,
  output: Tensor,
  pooled?: boolean,
): number {
  if (transformed === undefined) return 0;
  return winogradBlock(input, output, tileSizeOf(transformed), pooled).bytes;
}
