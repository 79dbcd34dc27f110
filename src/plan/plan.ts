import { PARTITION, type Op, type Partition } from './ops.js';
import { overlap, type Tensor } from './tensor.js';

/**
 * Into how many tasks the items or elements of a stage are cut. It is the same for any number of workers, and sums are
 * formed a task at a time and added in task order: so threads change the time and never a bit of the result.
 */
export const TASKS = 16;

/** Operations that a worker runs one after the other on a task, before it takes its next task. */
export interface Stage {
  readonly partition: Partition;
  readonly ops: readonly Op[];
}

/** What the team computes in one step: stages with a barrier behind each. */
export interface Plan {
  readonly name: string;
  /** The largest batch it can take. */
  readonly batchSize: number;
  readonly stages: readonly Stage[];
  /** `[MAX_STEPS, fields]`, float64; see `Step`. */
  readonly steps: Tensor;
  /** What a worker may use within an operation, as bytes: an item for each that there can be. */
  readonly scratch: Tensor;
}

/**
 * Cuts a list of operations into stages. Neighbours share a stage when they are shared out alike and neither touches what
 * another task of the other writes: operations on items see to their own items only.
 */
export function cutIntoStages(ops: readonly Op[]): Stage[] {
  const stages: { partition: Partition; ops: Op[] }[] = [];
  for (const op of ops) {
    const partition = PARTITION[op.op];
    const last = stages.at(-1);
    if (last?.partition === partition && last.ops.every((earlier) => canShareStage(earlier, op))) {
      last.ops.push(op);
    } else {
      stages.push({ partition, ops: [op] });
    }
  }
  return stages;
}

function canShareStage(earlier: Op, later: Op): boolean {
  return PARTITION[later.op] === 'whole' || !(disturbs(earlier, later) || disturbs(later, earlier));
}

/** Whether an operation writes what tasks of the other touch, beyond the items of their own. */
function disturbs(writer: Op, other: Op): boolean {
  const touched: readonly Tensor[] = [...Object.values(other.reads), ...Object.values(other.writes)];
  const isOwn = (tensor: Tensor) => PARTITION[writer.op] === 'items' && tensor.per === 'image';
  return Object.values<Tensor>(writer.writes).some(
    (written) => !isOwn(written) && touched.some((tensor) => overlap(tensor, written)),
  );
}

/** The part of `total` items or elements that belongs to a task. */
export function taskRange(total: number, task: number): readonly [begin: number, end: number] {
  return [Math.floor((total * task) / TASKS), Math.floor((total * (task + 1)) / TASKS)];
}

/** All tensors of a plan, each once, in the order of their first use. */
export function tensorsOf(plan: Plan): Tensor[] {
  const ops = plan.stages.flatMap((stage) => stage.ops);
  const used = ops.flatMap(({ reads, writes }) => [
    ...Object.values<Tensor>(reads),
    ...Object.values<Tensor>(writes),
  ]);
  return [...new Set([...used, plan.steps, plan.scratch])];
}
