import { type Arena, temporaryOf } from './arena.js';
import { touches } from './fusions/find.js';
import { mapTensors } from './mapTensors.js';
import type { Op } from './ops.js';
import { overlap, type Tensor } from './tensor.js';

/**
 * Computes the outputs of normalizations again for the backward pass instead of keeping them from the forward pass: their inputs are
 * kept anyway, and it takes no measurable time.
 */
export function recomputeOutputs(ops: readonly Op[], arena: Arena): readonly Op[] {
  const added = new Map<number, Op[]>();
  /** By temporary tensor: the operation from which another tensor takes its place, and how far away that is. */
  const moves = new Map<number, readonly [from: number, distance: number]>();
  ops.forEach((op, index) => {
    if ((op.op !== 'scaleShift' && op.op !== 'normRelu') || 'other' in op.reads) return;
    const { output } = op.writes;
    const from = ops.findIndex((each) => 'outputGrad' in each.reads && touches(each, [output]));
    const used: readonly Tensor[] = [output, ...Object.values(op.reads)];
    const between = ops.slice(index + 1, from).flatMap(({ writes }) => Object.values<Tensor>(writes));
    const isChanged = between.some((written) => used.some((tensor) => overlap(tensor, written)));
    if (temporaryOf(output) === 0 || from < 0 || isChanged) return;
    const again = arena.temporary(output);
    moves.set(temporaryOf(output), [from, again.offset - output.offset]);
    added.set(from, [...(added.get(from) ?? []), { ...op, writes: { output: again } }]);
  });
  return ops.flatMap((op, index) => {
    const moved = mapTensors(op, (tensor) => {
      const [from, distance] = moves.get(temporaryOf(tensor)) ?? [Infinity, 0];
      return index < from ? tensor : { ...tensor, offset: tensor.offset + distance };
    });
    return [...(added.get(index) ?? []), moved];
  });
}
