import type { Op, OpName, OpOf } from './ops.js';
import { overlap, type Tensor } from './tensor.js';

/** Channels that a vector holds: fused kernels take whole vectors only. */
const LANES = 4;

/**
 * Puts one operation in the place of several where nobody else needs what passes between them: batch normalisation, ReLU
 * and 2×2 pooling; without pooling, and with a residual's sum in front of ReLU; and their gradients.
 */
export function fuse(ops: readonly Op[]): readonly Op[] {
  let fused = ops;
  for (const op of ops) if (op.op === 'scaleShift') fused = fuseNormReluPool2d(fused, op);
  for (const op of fused) if (op.op === 'normReluPool2d') fused = fuseConv2d(fused, op);
  for (const op of fused) {
    if (op.op !== 'scaleShift') continue;
    fused = fuseNormRelu(fused, op) ?? fuseNormAddRelu(fused, op) ?? fused;
  }
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

/** Leaves `relu` away, as its output is what both write; backwards too, where the normalisation alone gets its gradient. */
function fuseNormRelu(ops: readonly Op[], norm: OpOf<'scaleShift'>): readonly Op[] | undefined {
  const users = usersOf(ops, norm);
  const relu = users.at(0);
  if (relu?.op !== 'relu' || relu.reads.input !== relu.writes.output) return undefined;
  const replaced = new Map<Op, readonly Op[]>([
    [norm, [{ op: 'normRelu', reads: norm.reads, writes: norm.writes }]],
    [relu, []],
  ]);
  const reluGrad = users.find((op) => op.op === 'reluGrad');
  if (reluGrad !== undefined) {
    const { scale, shift } = norm.reads;
    const passed = reluGrad.writes.inputGrad;
    const takers = ops.slice(ops.indexOf(reluGrad) + 1).filter((op) => touches(op, [passed]));
    const isOwn = passed === reluGrad.reads.outputGrad && takers.every((op) => isGradientOf(op, norm));
    if (isOwn) replaced.set(reluGrad, []);
    for (const op of isOwn ? takers : []) {
      if (op.op === 'batchNormGradSums') {
        replaced.set(op, [{ ...op, op: 'normReluGradSums', reads: { ...op.reads, scale, shift } }]);
      } else if (op.op === 'batchNormInputGrad') {
        replaced.set(op, [{ ...op, op: 'normReluInputGrad', reads: { ...op.reads, scale, shift } }]);
      }
    }
  }
  return ops.flatMap((op) => replaced.get(op) ?? [op]);
}

/** Leaves `add` away where its sum goes to ReLU, and what is normalised to nothing but that sum. */
function fuseNormAddRelu(ops: readonly Op[], norm: OpOf<'scaleShift'>): readonly Op[] | undefined {
  const [add, another] = [0, 1].map((place) => usersOf(ops, norm).at(place));
  if (add?.op !== 'add' || another !== undefined) return undefined;
  const relu = usersOf(ops, add).at(0);
  if (relu?.op !== 'relu' || relu.reads.input !== relu.writes.output) return undefined;
  const { input, other } = add.reads;
  const added = overlap(input, norm.writes.output) ? other : input;
  const sum: Op = { op: 'normRelu', reads: { ...norm.reads, other: added }, writes: relu.writes };
  return ops.flatMap((op) => (op === norm || op === relu ? [] : op === add ? [sum] : [op]));
}

/** The operations behind one that touch what it writes. */
function usersOf(ops: readonly Op[], op: OpOf<'scaleShift'> | OpOf<'add'>): Op[] {
  return ops.slice(ops.indexOf(op) + 1).filter((each) => touches(each, [op.writes.output]));
}

function isGradientOf(op: Op, norm: OpOf<'scaleShift'>): boolean {
  const isGradient = op.op === 'batchNormGradSums' || op.op === 'batchNormInputGrad';
  return isGradient && overlap(op.reads.input, norm.reads.input);
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
