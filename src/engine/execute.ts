import type { KernelCall } from '../kernels/kernel.js';
import type { Op, Partition } from '../plan/ops.js';
import { type Plan, TASKS, taskRange } from '../plan/plan.js';

/** A stage whose operations are bound to a memory. */
export interface BoundStage {
  readonly partition: Partition;
  readonly calls: readonly KernelCall[];
}

export function bindStages(plan: Plan, bind: (op: Op) => KernelCall): BoundStage[] {
  return plan.stages.map(({ partition, ops }) => ({ partition, calls: ops.map(bind) }));
}

/** Which part of every stage's tasks a worker does. */
export interface Share {
  readonly worker: number;
  readonly workers: number;
}

/**
 * Does a worker's share of one step.
 *
 * @param step the row of the plan's `steps`
 * @param count images in the step's batch
 * @param meetOthers called after each stage: returns when all workers are there
 */
export function runStep(
  stages: readonly BoundStage[],
  share: Share,
  step: number,
  count: number,
  meetOthers: () => void,
): void {
  const firstTask = Math.floor((TASKS * share.worker) / share.workers);
  const lastTask = Math.floor((TASKS * (share.worker + 1)) / share.workers);
  let forward = true;
  for (const { partition, calls } of stages) {
    if (partition === 'whole') {
      if (share.worker === 0) for (const call of calls) call(0, 0, count, step, firstTask);
    } else {
      for (let done = 0; done < lastTask - firstTask; done++) {
        const task = forward ? firstTask + done : lastTask - 1 - done;
        const [begin, end] = taskRange(count, task);
        for (const call of calls) call(task, begin, end, step, firstTask);
      }
      forward = !forward;
    }
    meetOthers();
  }
}
