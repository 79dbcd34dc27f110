import type { Op, OpName, OpOf } from './ops.js';
import { overlap, type Tensor } from './tensor.js';

/** Channels that a vector holds: fused kernels take whole vectors only. */
const LANES = 4;

/**
 * Puts one operation in the place of several where nobody else needs what passes between them: batch normalisation, ReLU
 * and 2×2 pooling, and their gradients.
 */
export function fuse(ops: readonly Op[]): readonly Op[] {
  let fused = ops;
  for (const op of ops) if (op.op === 'scaleShift') fused = fuseNormReluPool2d(fused, op);
  for (const op of fused) if (op.op === 'normReluPool2d') fused = fuseConv2d(fused, op);
  return fused;
}

function fuseNormReluPool2d(ops: readonly Op[], norm: OpOf<'scaleShift'>): readonly Op[] {
  const normalised = norm.writes.output;
  const pool = find(ops, 'maxPool2d', normalised);
  const relu = find(ops, 'relu', normalised);
  if (pool === undefined || relu === undefined || !isFusable(pool)) return ops;
  const poolGrad = find(ops, 'maxPool2dGrad', normalised);
  const between = poolGrad === undefined ? [normalised] : [normalised, poolGrad.writes.inputGrad];
  const { scale, shift } = norm.reads;

  const fused: Op[] = [];
  for (const op of ops) {
    if (!touches(op, between)) {
      fused.push(op);
    } else if (op.op === 'scaleShift') {
      fused.push({ op: 'normReluPool2d', reads: op.reads, writes: pool.writes });
    } else if (op.op === 'batchNormGradSums' && poolGrad !== undefined) {
      const reads = { ...op.reads, scale, shift, outputGrad: poolGrad.reads.outputGrad };
      fused.push({ op: 'normReluPool2dGradSums', reads, writes: op.writes });
    } else if (op.op === 'batchNormInputGrad' && poolGrad !== undefined) {
      const reads = { ...op.reads, scale, shift, outputGrad: poolGrad.reads.outputGrad };
      fused.push({ op: 'normReluPool2dInputGrad', reads, writes: op.writes });
    } else if (!isReplaced(op)) {
      return ops;
    }
  }
  return fused;
}

/**
 * Where nobody but pooling asks for a convolution's output, as batch statistics do in training: puts both in one, or spares the
 * convolution at least the last row and column where pooling drops them.
 */
function fuseConv2d(ops: readonly Op[], pool: OpOf<'normReluPool2d'>): readonly Op[] {
  const output = pool.reads.input;
  const touching = ops.filter((op) => touches(op, [output]));
  const conv = touching.find((op) => op.op === 'conv2d');
  if (conv === undefined || touching.length !== 2) return ops;
  const { transformed, ...reads } = conv.reads;
  if (transformed !== undefined) {
    const { scale, shift } = pool.reads;
    const fused: Op = {
      op: 'conv2dNormReluPool2d',
      reads: { ...reads, transformed, scale, shift },
      writes: pool.writes,
      kernel: conv.kernel,
      stride: conv.stride,
      padding: conv.padding,
    };
    return ops.flatMap((op) => (op === conv ? [] : op === pool ? [fused] : [op]));
  }
  const [height, width, channels] = pool.writes.output.shape;
  const cropped: Tensor = { ...output, shape: [2 * height, 2 * width, channels] };
  return ops.map((op) => {
    if (op === conv) return { ...conv, writes: { output: cropped } };
    if (op === pool) return { ...pool, reads: { ...pool.reads, input: cropped } };
    return op;
  });
}

/** What the fused operations do on the way. */
function isReplaced({ op }: Op): boolean {
  return op === 'relu' || op === 'maxPool2d' || op === 'maxPool2dGrad' || op === 'reluGrad';
}

function isFusable({ kernel, stride, reads }: OpOf<'maxPool2d'>): boolean {
  return [...kernel, ...stride].every((size) => size === 2) && reads.input.shape[2] % LANES === 0;
}

/** The operation of that name that reads a tensor as its `input`. */
function find<Name extends OpName>(ops: readonly Op[], name: Name, input: Tensor): OpOf<Name> | undefined {
  const isFound = (op: Op): op is OpOf<Name> => {
    const reads: Readonly<Record<string, Tensor | undefined>> = op.reads;
    return op.op === name && reads.input !== undefined && overlap(reads.input, input);
  };
  return ops.find(isFound);
}

function touches(op: Op, tensors: readonly Tensor[]): boolean {
  const touched: readonly Tensor[] = [...Object.values(op.reads), ...Object.values(op.writes)];
  return touched.some((tensor) => tensors.some((other) => overlap(tensor, other)));
}
