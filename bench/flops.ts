import type { Op } from '#inkling/plan/ops.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import type { Pair } from '#inkling/core/shape.js';
import { tapsInside } from '#inkling/plan/winograd.js';

/**
 * The number of multiplications and additions that an operation needs for one image. Those with the zeros of a convolution's
 * padding are not counted, even if a kernel performs them.
 */
export function flopsPerImage(op: Op): number {
  switch (op.op) {
    case 'conv2d':
    case 'groupedConv2d':
      return convolutionFlops(op.reads.input, op.writes.output, op);
    case 'conv2dInputGrad':
    case 'groupedConv2dInputGrad':
      return convolutionFlops(op.writes.inputGrad, op.reads.outputGrad, op);
    case 'conv2dWeightGrad':
    case 'conv2dGroupWeightGrad':
    case 'groupedConv2dWeightGrad':
      return convolutionFlops(op.reads.input, op.reads.outputGrad, op);
    case 'linear':
      return linearFlops(op.reads.input, op.writes.output);
    case 'linearInputGrad':
      return linearFlops(op.writes.inputGrad, op.reads.outputGrad);
    case 'linearWeightGrad':
      return linearFlops(op.reads.input, op.reads.outputGrad);
    default:
      return 0;
  }
}

function linearFlops(input: Tensor, output: Tensor): number {
  return 2 * input.shape.reduce((a, b) => a * b, 1) * output.shape[0];
}

interface Convolution {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly groups?: number;
}

/** All three passes of a convolution combine the same pairs of inputs and outputs, each within its group. */
function convolutionFlops(
  { shape: [height, width, inputs] }: Tensor,
  { shape: [rows, columns, outputs] }: Tensor,
  { kernel, stride, padding, groups = 1 }: Convolution,
): number {
  const vertical = tapsInside(height, rows, kernel[0], stride[0], padding[0]);
  const horizontal = tapsInside(width, columns, kernel[1], stride[1], padding[1]);
  return (2 * vertical * horizontal * inputs * outputs) / groups;
}
