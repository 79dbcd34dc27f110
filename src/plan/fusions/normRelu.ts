import type { Op, OpOf } from '../ops.js';
import { overlap } from '../tensor.js';
import { touches, usersOf } from './find.js';

/**
 * Fuses batch normalization and ReLU, which write the same tensor; in the backward pass too, if only the normalization uses
 * ReLU's gradient.
 *
 * @returns undefined if ReLU does not follow
 */
export function fuseNormRelu(ops: readonly Op[], norm: OpOf<'scaleShift'>): readonly Op[] | undefined {
  const users = usersOf(ops, norm);
  const relu = users.at(0);
  if (relu?.op !== 'relu' || relu.reads.input !== relu.writes.output) return undefined;
  const { maximum } = relu;
  const replacements = new Map<Op, readonly Op[]>([
    [norm, [{ op: 'normRelu', reads: norm.reads, writes: norm.writes, maximum }]],
    [relu, []],
  ]);
  const reluGrad = users.find((op) => op.op === 'reluGrad');
  if (reluGrad !== undefined) {
    const { scale, shift } = norm.reads;
    const asRelu = <Reads>(reads: Reads) => ({ reads: { ...reads, scale, shift }, maximum });
    const { inputGrad } = reluGrad.writes;
    const gradUsers = ops.slice(ops.indexOf(reluGrad) + 1).filter((op) => touches(op, [inputGrad]));
    const isFusable =
      inputGrad === reluGrad.reads.outputGrad && gradUsers.every((op) => isGradientOf(op, norm));
    if (isFusable) replacements.set(reluGrad, []);
    for (const op of isFusable ? gradUsers : []) {
      if (op.op === 'batchNormGradSums') {
        replacements.set(op, [{ ...op, op: 'normReluGradSums', ...asRelu(op.reads) }]);
      } else if (op.op === 'batchNormInputGrad') {
        replacements.set(op, [{ ...op, op: 'normReluInputGrad', ...asRelu(op.reads) }]);
      }
    }
  }
  return ops.flatMap((op) => replacements.get(op) ?? [op]);
}

/**
 * Fuses batch normalization, the sum of a residual and ReLU, if only the sum uses the normalized values.
 *
 * @returns undefined if the sum of the normalized values and others, and ReLU, do not follow
 */
export function fuseNormAddRelu(ops: readonly Op[], norm: OpOf<'scaleShift'>): readonly Op[] | undefined {
  const users = usersOf(ops, norm);
  const [add, another] = [users.at(0), users.at(1)];
  if (add?.op !== 'add' || another !== undefined) return undefined;
  const relu = usersOf(ops, add).at(0);
  if (relu?.op !== 'relu' || relu.reads.input !== relu.writes.output) return undefined;
  const { input, other } = add.reads;
  if (overlap(input, other)) return undefined;
  const residual = overlap(input, norm.writes.output) ? other : input;
  const sum: Op = {
    op: 'normRelu',
    reads: { ...norm.reads, other: residual },
    writes: relu.writes,
    maximum: relu.maximum,
  };
  return ops.flatMap((op) => (op === norm || op === relu ? [] : op === add ? [sum] : [op]));
}

function isGradientOf(op: Op, norm: OpOf<'scaleShift'>): boolean {
  const isGradient = op.op === 'batchNormGradSums' || op.op === 'batchNormInputGrad';
  return isGradient && overlap(op.reads.input, norm.reads.input);
}
