import type { Pair } from '../core/shape.js';
import type { Op } from './ops.js';
import type { Tensor } from './tensor.js';

/** Places of a transformed tile: 4×4 for 2×2 outputs. */
export const PLACES = 16;
/**
 * The fewest inputs and outputs with which it pays: the sums of its products, as long as there are inputs, have to outweigh the
 * transforms. In evaluation these take less, since pooling shrinks what is written. A weight's gradient of fewer channels would
 * gain a sixth of its time, but leave PyTorch's numbers sooner than the definition does.
 */
const FEWEST_CHANNELS = {
  evaluation: { inputs: 16, outputs: 16 },
  training: { inputs: 32, outputs: 16 },
  weightGrad: { inputs: 32, outputs: 32 },
} as const;

/** What is computed: an output in evaluation, an output or the gradient of an input in training, or the gradient of a weight. */
export type WinogradUse = keyof typeof FEWEST_CHANNELS;

/** Its products may be at most this share of the definition's: odd outputs and padding take from what it gains. */
const LARGEST_SHARE = 0.75;
/** What lies between the transforms at a time has to stay in a core's cache. */
const BLOCK_BYTES = 2 ** 17;
const LINE_BYTES = 64;
const FLOAT_BYTES = 4;

/** A convolution as this algorithm sees it: an input gradient is one too, with inputs and outputs exchanged. */
export interface Convolution {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  /** Height and width of its output. */
  readonly size: Pair;
}

/** Whether Winograd's algorithm can compute a convolution, and in less time than its definition. */
export function suitsWinograd(convolution: Convolution, use: WinogradUse): boolean {
  const { inputs, outputs, kernel, stride, size } = convolution;
  if (kernel.some((taps) => taps !== 3) || stride.some((step) => step !== 1)) return false;
  if (inputs % 4 !== 0 || outputs % 4 !== 0) return false;
  const fewest = FEWEST_CHANNELS[use];
  if (inputs < fewest.inputs || outputs < fewest.outputs) return false;
  const tiles = Math.ceil(size[0] / 2) * Math.ceil(size[1] / 2);
  return PLACES * tiles <= LARGEST_SHARE * pairsInside(convolution);
}

/** How many pairs of an output pixel and a tap of its window fall inside the image. */
function pairsInside({ kernel, padding, size }: Convolution): number {
  const [vertical, horizontal] = ([0, 1] as const).map((axis) =>
    tapsInside(size[axis] - 1 + kernel[axis] - 2 * padding[axis], size[axis], kernel[axis], 1, padding[axis]),
  );
  return vertical * horizontal;
}

/** Along one axis, how many pairs of an output and a tap of its window fall inside the image. */
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

/** How much of a convolution is done at a time, and how what lies between the transforms is laid out in scratch memory. */
export interface WinogradBlock {
  /** Rows of tiles. */
  readonly rows: number;
  /** Bytes from one place of the input's tiles to the next, and of the output's. */
  readonly inputPlane: number;
  readonly outputPlane: number;
  readonly bytes: number;
}

/**
 * The block of a convolution from one image tensor to another.
 *
 * @param pooled whether its output is pooled 2×2 before it is written to `output`
 */
export function winogradBlock(input: Tensor, output: Tensor, pooled = false): WinogradBlock {
  const [inputs, width, outputs] = [input.shape[2], output.shape[1], output.shape[2]];
  const across = pooled ? width : Math.ceil(width / 2);
  const rowBytes = across * PLACES * (inputs + outputs) * FLOAT_BYTES;
  const rows = Math.max(1, Math.floor(BLOCK_BYTES / rowBytes));
  const inputPlane = planeBytes(rows * across * inputs);
  const outputPlane = planeBytes(rows * across * outputs);
  return { rows, inputPlane, outputPlane, bytes: PLACES * (inputPlane + outputPlane) };
}

/** An odd number of cache lines: with a power of two, all places of a tile would contend for the same part of the cache. */
function planeBytes(floats: number): number {
  return (Math.ceil((floats * FLOAT_BYTES) / LINE_BYTES) | 1) * LINE_BYTES;
}

/** Bytes of scratch memory that a worker needs for an operation. */
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
      if (!op.winograd) return 0;
      const [inputs, outputs] = [op.reads.input.shape[2], op.reads.outputGrad.shape[2]];
      return (
        winogradBlock(op.reads.input, op.reads.outputGrad).bytes + PLACES * inputs * outputs * FLOAT_BYTES
      );
    }
    default:
      return 0;
  }
}
