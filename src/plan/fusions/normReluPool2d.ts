import type { Op, OpOf } from '../ops.js';
import { findReader, touches } from './find.js';

/** Channels of a vector: the fused kernels process whole vectors only. */
const LANES = 4;

/** Fuses batch normalization, ReLU without a maximum and 2×2 max pooling, and their gradients. */
export function fuseNormReluPool2d(ops: readonly Op[], norm: OpOf<'scaleShift'>): readonly Op[] {
  const normalized = norm.writes.output;
  const pool = findReader(ops, 'maxPool2d', normalized);
  const relu = findReader(ops, 'relu', normalized);
  if (pool === undefined || !isFusable(pool) || relu?.maximum !== Infinity) return ops;
  const poolGrad = findReader(ops, 'maxPool2dGrad', normalized);
  const intermediate = poolGrad === undefined ? [normalized] : [normalized, poolGrad.writes.inputGrad];
  const { scale, shift } = norm.reads;

  const fused: Op[] = [];
  for (const op of ops) {
    if (!touches(op, intermediate)) {
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

function isFusable({ kernel, stride, padding, reads }: OpOf<'maxPool2d'>): boolean {
  const isTwoByTwo =
    [...kernel, ...stride].every((size) => size === 2) && padding.every((size) => size === 0);
  return isTwoByTwo && reads.input.shape[2] % LANES === 0;
}

/** Whether the fused operations do the work of this one. */
function isReplaced({ op }: Op): boolean {
  return op === 'relu' || op === 'maxPool2d' || op === 'maxPool2dGrad' || op === 'reluGrad';
}
