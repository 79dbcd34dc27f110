import type { KernelCall } from '../kernels/kernel.js';
import type { Op } from '../plan/ops.js';
import { type Plan, taskRange } from '../plan/plan.js';
import type { TaskSource } from './tasks.js';

/** A stage whose operations are bound to a memory, and the stages behind it that are not shared out. */
export interface BoundStage {
  /** For each task, one after the other. */
  readonly calls: readonly KernelCall[];
  /** Once, when every task is done. */
  readonly completion: readonly KernelCall[];
}

export function bindStages(plan: Plan, bind: (op: Op) => KernelCall): BoundStage[] {
  const bound: { calls: KernelCall[]; completion: KernelCall[] }[] = [];
  for (const { partition, ops } of plan.stages) {
    if (partition !== 'whole' || bound.length === 0) bound.push({ calls: [], completion: [] });
    const { calls, completion } = bound[bound.length - 1];
    (partition === 'whole' ? completion : calls).push(...ops.map(bind));
  }
  return bound;
}

/**
 * Does a worker's part of one step.
 *
 * @param tasks where it takes its tasks from
 * @param step the row of the plan's `steps`
 * @param count images in the step's batch
 * @param meetOthers called behind each stage: returns when all workers are there, and what it is given was called by one of them
 */
export function runStep(
  stages: readonly BoundStage[],
  tasks: TaskSource,
  step: number,
  count: number,
  meetOthers: (complete: () => void) => void,
): void {
  const { worker } = tasks;
  let isForward = true;
  for (const { calls, completion } of stages) {
    tasks.reset();
    for (let task = tasks.claim(isForward); task >= 0; task = tasks.claim(isForward)) {
      const [begin, end] = taskRange(count, task);
      for (const call of calls) call(task, begin, end, step, worker);
    }
    // What was written last is read first, while it is in the cache.
    isForward = !isForward;
    meetOthers(() => {
      for (const call of completion) call(0, 0, count, step, worker);
    });
  }
}
