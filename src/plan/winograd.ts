import type { Pair } from '../core/shape.js';
import type { Op } from './ops.js';
import { TASKS } from './plan.js';
import type { Tensor } from './tensor.js';

/** Positions of a transformed tile: 4×4 for 2×2 outputs. */
export const POSITIONS = 16;
/**
 * The minimum numbers of input and output channels for which Winograd's algorithm is faster: the time that its shorter products save
 * has to exceed the time of the transforms, which is lower in evaluation, where pooling reduces what is written. The gradient of a
 * weight with fewer channels would take a sixth less time, but deviate from PyTorch's results sooner than the definition does.
 */
const MIN_CHANNELS = {
  evaluation: { inputs: 16, outputs: 16 },
  training: { inputs: 32, outputs: 16 },
  weightGrad: { inputs: 32, outputs: 32 },
} as const;

/** What is computed: an output in evaluation; an output or an input gradient in training; or a weight gradient. */
export type WinogradUse = keyof typeof MIN_CHANNELS;

/** The maximum ratio of its multiplications to those of the definition; odd output sizes and padding raise it. */
const MAX_PRODUCT_RATIO = 0.75;
/** The transformed data of a block has to fit in a core's cache. */
const BLOCK_BYTES = 2 ** 17;
/** The same for a weight gradient, whose products are the shorter the fewer tiles a block has: its tiles, and its sums. */
const GRAD_TILES_BYTES = 2 ** 19;
const GRAD_SUMS_BYTES = 2 ** 18;
/** Columns of a register tile: the minimum number of output channels in a block is two of them. */
const TILE_WIDTH = 16;
const LINE_BYTES = 64;
const FLOAT_BYTES = 4;

/** A convolution; or an input gradient, which is a convolution with inputs and outputs exchanged. */
export interface Convolution {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  /** Height and width of its output. */
  readonly size: Pair;
}

/** Whether Winograd's algorithm can compute a convolution, and takes less time than its definition. */
export function suitsWinograd(convolution: Convolution, use: WinogradUse): boolean {
  const { inputs, outputs, kernel, stride, size } = convolution;
  if (kernel.some((taps) => taps !== 3) || stride.some((step) => step !== 1)) return false;
  if (inputs % 4 !== 0 || outputs % 4 !== 0) return false;
  const minimum = MIN_CHANNELS[use];
  if (inputs < minimum.inputs || outputs < minimum.outputs) return false;
  const tiles = Math.ceil(size[0] / 2) * Math.ceil(size[1] / 2);
  return POSITIONS * tiles <= MAX_PRODUCT_RATIO * pairsInside(convolution);
}

/** The number of pairs of an output pixel and a kernel tap that fall inside the image. */
function pairsInside({ kernel, padding, size }: Convolution): number {
  const [vertical, horizontal] = ([0, 1] as const).map((axis) =>
    tapsInside(size[axis] - 1 + kernel[axis] - 2 * padding[axis], size[axis], kernel[axis], 1, padding[axis]),
  );
  return vertical * horizontal;
}

/** Along one axis, the number of pairs of an output and a kernel tap that fall inside the image. */
export function tapsInside(
  size: number,
  outputs: number,
  kernel: number,
  stride: number,
  padding: number,
): number {
  let taps = 0;
  for (let output = 0; output < outputs; output++) {
    const first = output * stride - padding;
    taps += Math.max(0, Math.min(size, first + kernel) - Math.max(0, first));
  }
  return taps;
}

/** How much of a convolution is computed at a time, and the layout of the transformed data in scratch memory. */
export interface WinogradBlock {
  /** Rows of tiles. */
  readonly rows: number;
  /** Bytes from one position of the input's tiles to the next, and from one of the output's to the next. */
  readonly inputPlane: number;
  readonly outputPlane: number;
  readonly bytes: number;
}

/**
 * The block of a convolution from one image tensor to another.
 *
 * @param pooled whether the result is pooled 2×2 before it is written to `output`
 */
export function winogradBlock(input: Tensor, output: Tensor, pooled = false): WinogradBlock {
  const [inputs, width, outputs] = [input.shape[2], output.shape[1], output.shape[2]];
  const across = pooled ? width : Math.ceil(width / 2);
  const rowBytes = across * POSITIONS * (inputs + outputs) * FLOAT_BYTES;
  const height = pooled ? 2 * output.shape[0] : output.shape[0];
  const rows = blockRows(BLOCK_BYTES / rowBytes, input.count, height);
  const inputPlane = planeBytes(rows * across * inputs);
  const outputPlane = planeBytes(rows * across * outputs);
  return { rows, inputPlane, outputPlane, bytes: POSITIONS * (inputPlane + outputPlane) };
}

/** How much of a weight gradient is computed at a time. */
export interface WinogradWeightGradBlock extends WinogradBlock {
  /** Output channels. */
  readonly channels: number;
  /** Bytes from one position of the sums to the next. */
  readonly sumPlane: number;
}

/** The block of the gradient of a convolution's weight. The sums of a block follow its tiles. */
export function winogradWeightGradBlock(input: Tensor, outputGrad: Tensor): WinogradWeightGradBlock {
  const [inputs, width, outputs] = [input.shape[2], outputGrad.shape[1], outputGrad.shape[2]];
  const columnBytes = POSITIONS * inputs * FLOAT_BYTES;
  const fitting = Math.floor(GRAD_SUMS_BYTES / columnBytes / TILE_WIDTH);
  const channels = Math.min(outputs, TILE_WIDTH * Math.max(2, fitting));
  const across = Math.ceil(width / 2);
  const rowBytes = across * POSITIONS * (inputs + channels) * FLOAT_BYTES;
  const rows = blockRows(GRAD_TILES_BYTES / rowBytes, input.count, outputGrad.shape[0]);
  const inputPlane = planeBytes(rows * across * inputs);
  const outputPlane = planeBytes(rows * across * channels);
  const sumPlane = planeBytes(inputs * channels);
  const bytes = POSITIONS * (inputPlane + outputPlane + sumPlane);
  return { rows, channels, inputPlane, outputPlane, sumPlane, bytes };
}

/** The number of rows of tiles in a block: as many as fit, but at least one, and no more than a task has. */
function blockRows(fitting: number, images: number, height: number): number {
  const rowsOfTask = Math.ceil(images / TASKS) * Math.ceil(height / 2);
  return Math.max(1, Math.min(rowsOfTask, Math.floor(fitting)));
}

/** An odd number of cache lines: with a power of two, all positions of a tile would compete for the same cache sets. */
function planeBytes(floats: number): number {
  return (Math.ceil((floats * FLOAT_BYTES) / LINE_BYTES) | 1) * LINE_BYTES;
}

/** The scratch memory, in bytes, that a worker needs for an operation. */
export function scratchBytesOf(op: Op): number {
  switch (op.op) {
    case 'conv2d':
      return op.reads.transformed === undefined ? 0 : winogradBlock(op.reads.input, op.writes.output).bytes;
    case 'conv2dInputGrad':
      return op.reads.transformed === undefined
        ? 0
        : winogradBlock(op.reads.outputGrad, op.writes.inputGrad).bytes;
    case 'conv2dNormReluPool2d':
      return winogradBlock(op.reads.input, op.writes.output, true).bytes;
    case 'conv2dWeightGrad': {
      return op.winograd ? winogradWeightGradBlock(op.reads.input, op.reads.outputGrad).bytes : 0;
    }
    default:
      return 0;
  }
}
