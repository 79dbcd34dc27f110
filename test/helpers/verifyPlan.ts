import { ZEROS_BYTES } from '#inkling/plan/arena.js';
import { divideIntoStages, type Plan, tensorsOf } from '#inkling/plan/plan.js';
import { rangeOf, unionOf } from '#inkling/plan/ranges.js';
import { overlap, type Tensor } from '#inkling/plan/tensor.js';

/**
 * Proves that a plan can run: its tensors lie apart and inside the memory, nothing is read before it is written, and no
 * task of a stage disturbs another.
 *
 * @param memoryBytes the size of the memory it is to run on
 * @param inputs tensors that hold what the plan reads before its first step: images, parameters
 * @throws {Error} that names the first tensor or operation that is wrong
 */
export function verifyPlan(plan: Plan, memoryBytes: number, inputs: readonly Tensor[]): void {
  const tensors = tensorsOf(plan);
  for (const tensor of tensors) verifyPlace(plan, tensor, memoryBytes);
  verifyApart(plan, tensors);
  verifyReads(plan, inputs);
  verifyStages(plan);
}

function verifyPlace(plan: Plan, tensor: Tensor, memoryBytes: number): void {
  const { start, end } = rangeOf(tensor);
  if (start >= ZEROS_BYTES && end <= memoryBytes) return;
  throw new Error(
    `plan ${plan.name}: ${tensor.name} takes the bytes ${String(start)} to ${String(end)}, ` +
      `expected them between ${String(ZEROS_BYTES)} and ${String(memoryBytes)}`,
  );
}

function verifyApart(plan: Plan, tensors: readonly Tensor[]): void {
  tensors.forEach((tensor, index) => {
    const other = tensors
      .slice(0, index)
      .find((earlier) => overlap(earlier, tensor) && !isAlias(earlier, tensor));
    if (other === undefined) return;
    throw new Error(`plan ${plan.name}: ${tensor.name} overlaps ${other.name}; give each a place of its own`);
  });
}

/** Whether two tensors are the same memory under two names, or one is a part of the other that all tasks share. */
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
        `plan ${plan.name}: ${op.op} reads ${tensor.name}, which is no input and which nothing wrote before`,
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
      `plan ${plan.name}: stage ${String(index + 1)} cannot run as one that is cut by ${partition}: ${names}`,
    );
  });
}
