import type { TileSize } from '../../plan/opShape.js';
import { type Plan, TASKS } from '../../plan/plan.js';
import { itemBytes, type Tensor } from '../../plan/tensor.js';
import { winogradWeightGradBlock } from '../../plan/winograd.js';
import type { ArgumentPerCall } from './bindKernel.js';

/* Kernel arguments as in `arguments.ts`, for operations that only training and gradients have: predictions do not load them. */

/** The size of the tiles, the block size and the scratch layout of Winograd's algorithm for the gradient of a weight. */
export function winogradWeightGradBlockOf(
  input: Tensor,
  outputGrad: Tensor,
  tileSize: TileSize,
  groups: number,
) {
  const block = winogradWeightGradBlock(input, outputGrad, tileSize, groups);
  const { rows, channels, inputPlane, outputPlane, sumPlane } = block;
  return { tileSize, blockRows: rows, blockChannels: channels, inputPlane, outputPlane, sumPlane };
}

/** The address of a `per: 'task'` tensor's item for the call's task, or for its group if there are fewer items than tasks. */
export function perTask(tensor: Tensor): ArgumentPerCall {
  const pitch = itemBytes(tensor);
  return (task) => tensor.offset + Math.floor((task * tensor.count) / TASKS) * pitch;
}

/** The plan's steps, and the row of the call's step. */
export function stepOf({ steps }: Plan) {
  return {
    step: (_task, _begin, _end, step) => step,
    steps: steps.offset,
  } satisfies Record<string, ArgumentPerCall | number>;
}
