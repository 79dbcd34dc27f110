import { ZEROS_BYTES } from '#inkling/plan/arena.js';
import { divideIntoStages, type Plan, tensorsOf } from '#inkling/plan/plan.js';
import { rangeOf, unionOf } from '#inkling/plan/ranges.js';
import { overlap, type Tensor } from '#inkling/plan/tensor.js';

/**
 * Verifies that a plan can run: its tensors do not overlap and lie inside the memory, nothing is read before it is written, and the
 * tasks of a stage do not conflict.
 *
 * @param memoryBytes the size of the memory
 * @param inputs tensors that are filled before the first step, such as images and parameters
 * @throws {Error} naming the first tensor or operation that is wrong
 */
export function verifyPlan(plan: Plan, memoryBytes: number, inputs: readonly Tensor[]): void {
  const tensors = tensorsOf(plan);
  for (const tensor of tensors) verifyBounds(plan, tensor, memoryBytes);
  verifyNoOverlap(plan, tensors);
  verifyReads(plan, inputs);
  verifyStages(plan);
}

function verifyBounds(plan: Plan, tensor: Tensor, memoryBytes: number): void {
  const { start, end } = rangeOf(tensor);
  if (start >= ZEROS_BYTES && end <= memoryBytes) return;
  throw new Error(
    `plan ${plan.name}: ${tensor.name} occupies the bytes ${String(start)} to ${String(end)}, ` +
      `expected bytes between ${String(ZEROS_BYTES)} and ${String(memoryBytes)}`,
  );
}

function verifyNoOverlap(plan: Plan, tensors: readonly Tensor[]): void {
  tensors.forEach((tensor, index) => {
    const other = tensors
      .slice(0, index)
      .find((earlier) => overlap(earlier, tensor) && !isAlias(earlier, tensor));
    if (other === undefined) return;
    throw new Error(`plan ${plan.name}: ${tensor.name} overlaps ${other.name}; allocate them separately`);
  });
}

/** Whether two tensors have the same memory, or one is a view of the other. */
function isAlias(a: Tensor, b: Tensor): boolean {
  if (a.dtype !== b.dtype || a.per !== b.per || a.count !== b.count) return false;
  const [first, second] = [rangeOf(a), rangeOf(b)];
  if (first.start === second.start && first.end === second.end) return true;
  const isWithin = first.start >= second.start && first.end <= second.end;
  const holds = first.start <= second.start && first.end >= second.end;
  return a.per === 'plan' && a.count === 1 && (isWithin || holds);
}

function verifyReads(plan: Plan, inputs: readonly Tensor[]): void {
  const known = [...inputs];
  for (const op of plan.stages.flatMap(({ ops }) => ops)) {
    const ranges = unionOf(known);
    for (const tensor of Object.values<Tensor>(op.reads)) {
      const { start, end } = rangeOf(tensor);
      if (ranges.some((range) => range.start <= start && range.end >= end)) continue;
      throw new Error(
        `plan ${plan.name}: ${op.op} reads ${tensor.name}, which is not an input and was not written before`,
      );
    }
    known.push(...Object.values<Tensor>(op.writes));
  }
}

function verifyStages(plan: Plan): void {
  plan.stages.forEach(({ partition, ops }, index) => {
    const cut = divideIntoStages(ops);
    if (cut.length === 1 && cut[0].partition === partition) return;
    const names = ops.map(({ op }) => op).join(', ');
    throw new Error(
      `plan ${plan.name}: stage ${String(index + 1)} cannot run as one stage divided by ${partition}: ${names}`,
    );
  });
}
