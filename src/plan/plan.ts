import { PARTITION, type Op, type Partition } from './ops.js';
import { overlap, type Tensor } from './tensor.js';

/**
 * The number of tasks into which the images or elements of a stage are divided. It does not depend on the number of workers, and
 * sums are accumulated per task and combined in task order, so that the number of threads changes the time but no bit of the
 * result.
 */
export const TASKS = 16;

/** Operations that a worker runs in sequence on a task before it claims the next task. */
export interface Stage {
  readonly partition: Partition;
  readonly ops: readonly Op[];
  /** Whether it only writes images, so that a task that has none is left out: a batch of one image has fifteen of them. */
  readonly writesOnlyImages: boolean;
}

/** What the workers compute in one step: stages, each followed by a barrier. */
export interface Plan {
  readonly name: string;
  /** The maximum number of images in a batch. */
  readonly batchSize: number;
  readonly stages: readonly Stage[];
  /** `[MAX_STEPS, fields]`, float64; see `Step`. */
  readonly steps: Tensor;
  /** Bytes that a worker may use within an operation: one item for each possible worker. */
  readonly scratch: Tensor;
}

/**
 * Divides a list of operations into stages. Consecutive operations share a stage if they are divided into tasks alike and neither
 * touches what another task of the other writes: a task of an operation on images touches its own images only.
 */
export function divideIntoStages(ops: readonly Op[]): Stage[] {
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
  return stages.map((stage) => ({
    ...stage,
    writesOnlyImages: stage.partition === 'items' && stage.ops.every(writesOnlyImages),
  }));
}

function writesOnlyImages({ writes }: Op): boolean {
  return Object.values<Tensor>(writes).every(({ per }) => per === 'image');
}

function canShareStage(earlier: Op, later: Op): boolean {
  return PARTITION[later.op] === 'whole' || !(conflicts(earlier, later) || conflicts(later, earlier));
}

/** Whether an operation writes what tasks of the other touch, apart from their own images. */
function conflicts(writer: Op, other: Op): boolean {
  const touched: readonly Tensor[] = [...Object.values(other.reads), ...Object.values(other.writes)];
  const isOwn = (tensor: Tensor) => PARTITION[writer.op] === 'items' && tensor.per === 'image';
  return Object.values<Tensor>(writer.writes).some(
    (written) => !isOwn(written) && touched.some((tensor) => overlap(tensor, written)),
  );
}

/** The range of a task, of `total` images or elements. */
export function taskRange(total: number, task: number): readonly [begin: number, end: number] {
  return [Math.floor((total * task) / TASKS), Math.floor((total * (task + 1)) / TASKS)];
}

/** All tensors of a plan, without duplicates, in the order of their first use. */
export function tensorsOf(plan: Plan): Tensor[] {
  const ops = plan.stages.flatMap((stage) => stage.ops);
  const used = ops.flatMap(({ reads, writes }) => [
    ...Object.values<Tensor>(reads),
    ...Object.values<Tensor>(writes),
  ]);
  return [...new Set([...used, plan.steps, plan.scratch])];
}
