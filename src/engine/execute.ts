import type { KernelCall } from '../kernels/kernel.js';
import type { Op, Partition } from '../plan/ops.js';
import { type Plan, taskRange } from '../plan/plan.js';
import type { TaskSource } from './tasks.js';

/** A stage whose operations are bound to a memory. */
export interface BoundStage {
  readonly partition: Partition;
  readonly calls: readonly KernelCall[];
}

export function bindStages(plan: Plan, bind: (op: Op) => KernelCall): BoundStage[] {
  return plan.stages.map(({ partition, ops }) => ({ partition, calls: ops.map(bind) }));
}

/**
 * Does a worker's part of one step.
 *
 * @param tasks where it takes its tasks from
 * @param step the row of the plan's `steps`
 * @param count images in the step's batch
 * @param meetOthers called after each stage: returns when all workers are there
 */
export function runStep(
  stages: readonly BoundStage[],
  tasks: TaskSource,
  step: number,
  count: number,
  meetOthers: () => void,
): void {
  const { worker } = tasks;
  let isForward = true;
  for (const { partition, calls } of stages) {
    if (partition === 'whole') {
      if (worker === 0) for (const call of calls) call(0, 0, count, step, worker);
    } else {
      tasks.deal();
      for (let task = tasks.take(isForward); task >= 0; task = tasks.take(isForward)) {
        const [begin, end] = taskRange(count, task);
        for (const call of calls) call(task, begin, end, step, worker);
      }
      isForward = !isForward;
    }
    meetOthers();
  }
}
