import type { Pair, Shape } from '../core/shape.js';
import type { TileSize } from './opShape.js';
import { TASKS } from './plan.js';
import type { Tensor } from './tensor.js';
import { channelsOfTask, TILE_WIDTH } from './weightGradTasks.js';

/** Positions of a transformed tile: (m + 2)² for m×m outputs of a 3×3 convolution. */
export function positionsOf(tileSize: TileSize): number {
  return (tileSize + 2) ** 2;
}

/**
 * The minimum numbers of input and output channels for which Winograd's algorithm is faster: the time that its shorter products save
 * has to exceed the time of the transforms, which is lower in evaluation, where pooling reduces what is written.
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
/** The same for tiles of 4×4 outputs, relative to those of 2×2, because their transforms take longer. */
const MAX_LARGE_TILE_RATIO = 0.85;
/** The minimum number of channels where it needs only a small part of the multiplications. */
const MIN_FEW_CHANNELS = 16;
/**
 * What a small part is: the maximum ratio with fewer channels than `MIN_CHANNELS`. The second convolution of the report's CNN exceeds
 * it: Winograd's algorithm would take a fourth less time there, but its results would deviate from PyTorch's sooner than those of the
 * definition do.
 */
const MAX_FEW_CHANNELS_RATIO = 0.3;
/** Fewer large tiles in an image make products of too few rows, or of too few terms. */
const MIN_LARGE_TILES = 4;
/** The transformed data of a block has to fit in a core's cache. */
const BLOCK_BYTES = 2 ** 19;
/** The same for a weight gradient, whose products are the shorter the fewer tiles a block has: its tiles, and its sums. */
const GRAD_TILES_BYTES = 5 * 2 ** 17;
const GRAD_SUMS_BYTES = 3 * 2 ** 17;
/** The transforms process this many channels at once. */
export const CHANNELS = 8;
const LINE_BYTES = 64;
const FLOAT_BYTES = 4;

/** A convolution; or an input gradient, which is a convolution with inputs and outputs exchanged. */
export interface Convolution {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
  /** Height and width of its output. */
  readonly size: Pair;
}

/**
 * The tiles with which Winograd's algorithm computes a convolution in the least time; undefined if it cannot, or the definition takes
 * less.
 */
export function winogradTileSize(convolution: Convolution, use: WinogradUse): TileSize | undefined {
  const { inputs, outputs, kernel, stride, dilation, size } = convolution;
  if (kernel.some((taps) => taps !== 3) || [...stride, ...dilation].some((step) => step !== 1))
    return undefined;
  if (inputs % CHANNELS !== 0 || outputs % CHANNELS !== 0) return undefined;
  const [small, large] = ([2, 4] as const).map((tileSize) => positionsOf(tileSize) * tilesOf(size, tileSize));
  const usesLarge = tilesOf(size, 4) >= MIN_LARGE_TILES && large <= MAX_LARGE_TILE_RATIO * small;
  const ratio = (usesLarge ? large : small) / pairsInside(convolution);
  const minimum = MIN_CHANNELS[use];
  const isWide = inputs >= minimum.inputs && outputs >= minimum.outputs;
  if (!isWide && Math.min(inputs, outputs) < MIN_FEW_CHANNELS) return undefined;
  if (ratio > (isWide ? MAX_PRODUCT_RATIO : MAX_FEW_CHANNELS_RATIO)) return undefined;
  return usesLarge ? 4 : 2;
}

function tilesOf([height, width]: Pair, tileSize: TileSize): number {
  return Math.ceil(height / tileSize) * Math.ceil(width / tileSize);
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
export function winogradBlock(
  input: Tensor,
  output: Tensor,
  tileSize: TileSize,
  pooled = false,
): WinogradBlock {
  const positions = positionsOf(tileSize);
  const [inputs, outputs] = [input.shape[2], output.shape[2]];
  const [height, width] = output.shape.map((pixels) => (pooled ? 2 * pixels : pixels));
  const across = Math.ceil(width / tileSize);
  const rowBytes = across * positions * (inputs + outputs) * FLOAT_BYTES;
  const rows = blockRows(
    BLOCK_BYTES / rowBytes,
    Math.ceil(input.count / TASKS),
    Math.ceil(height / tileSize),
  );
  const inputPlane = planeBytes(rows * across * inputs);
  const outputPlane = planeBytes(rows * across * outputs);
  const bytes =
    positions * (inputPlane + outputPlane) + spareBytes(tileSize, across, Math.max(inputs, outputs));
  return { rows, inputPlane, outputPlane, bytes };
}

/** Memory for a row of tiles after half of their transform, and for eight channels of an output tile. */
function spareBytes(tileSize: TileSize, across: number, channels: number): number {
  const side = tileSize + 2;
  const row = side * (across * tileSize + 2) * channels;
  const tile = tileSize ** 2 * CHANNELS;
  return (row + tile) * FLOAT_BYTES;
}

/** How much of a weight gradient is computed at a time. */
export interface WinogradWeightGradBlock extends WinogradBlock {
  /** Output channels. */
  readonly channels: number;
  /** Bytes from one position of the sums to the next. */
  readonly sumPlane: number;
}

/**
 * The block of the gradient of a convolution's weight. The sums of a block follow its tiles.
 *
 * @param groups see `imageGroupsOf`
 */
export function winogradWeightGradBlock(
  input: Tensor,
  outputGrad: Tensor,
  tileSize: TileSize,
  groups: number,
): WinogradWeightGradBlock {
  const positions = positionsOf(tileSize);
  const [inputs, outputs] = [input.shape[2], outputGrad.shape[2]];
  const [down, across] = outputGrad.shape.map((pixels) => Math.ceil(pixels / tileSize));
  const columnBytes = positions * inputs * FLOAT_BYTES;
  const fitting = Math.floor(GRAD_SUMS_BYTES / columnBytes / TILE_WIDTH);
  const channels = Math.min(channelsOfTask(groups, outputs), TILE_WIDTH * Math.max(2, fitting));
  const rowBytes = across * positions * (inputs + channels) * FLOAT_BYTES;
  const rows = blockRows(GRAD_TILES_BYTES / rowBytes, Math.ceil(input.count / groups), down);
  const inputPlane = planeBytes(rows * across * inputs);
  const outputPlane = planeBytes(rows * across * channels);
  const sumPlane = planeBytes(inputs * channels);
  const bytes =
    positions * (inputPlane + outputPlane + sumPlane) +
    spareBytes(tileSize, across, Math.max(inputs, channels));
  return { rows, channels, inputPlane, outputPlane, sumPlane, bytes };
}

/** The number of rows of tiles in a block: as many as fit, but at least one; all blocks of a task have nearly as many. */
function blockRows(fitting: number, images: number, rowsOfImage: number): number {
  const rows = images * rowsOfImage;
  return Math.ceil(rows / Math.ceil(rows / Math.max(1, Math.floor(fitting))));
}

/** An odd number of cache lines: with a power of two, all positions of a tile would compete for the same cache sets. */
function planeBytes(floats: number): number {
  return (Math.ceil((floats * FLOAT_BYTES) / LINE_BYTES) | 1) * LINE_BYTES;
}

/**
 * The shape of a weight that `winogradWeight` transformed: for each position a matrix in panels of columns, `[panels, inputs, 16]`, and an
 * unused row, so that the positions are an odd number of cache lines apart.
 */
export function transformedShape(tileSize: TileSize, inputs: number, outputs: number): Shape {
  return [positionsOf(tileSize), Math.ceil(outputs / TILE_WIDTH) * inputs + 1, TILE_WIDTH];
}

/** The size of the tiles that a weight was transformed for. */
export function tileSizeOf(transformed: Tensor): TileSize {
  return transformed.shape[0] === positionsOf(4) ? 4 : 2;
}
