import type { KernelCall } from '../kernels/kernel.js';
import type { Op } from '../plan/ops.js';
import { type Plan, type Stage, taskRange } from '../plan/plan.js';
import type { TaskSource } from './tasks.js';

/** A stage with its operations bound to a memory, and the `whole` stages that follow it. */
export interface BoundStage extends Pick<Stage, 'writesOnlyImages'> {
  /** Called in order for each task. */
  readonly calls: readonly KernelCall[];
  /** Called once after all tasks are done. */
  readonly completion: readonly KernelCall[];
}

export function bindStages(plan: Plan, bind: (op: Op) => KernelCall): BoundStage[] {
  const bound: { calls: KernelCall[]; completion: KernelCall[]; writesOnlyImages: boolean }[] = [];
  for (const { partition, ops, writesOnlyImages } of plan.stages) {
    if (partition !== 'whole' || bound.length === 0)
      bound.push({ calls: [], completion: [], writesOnlyImages });
    const { calls, completion } = bound[bound.length - 1];
    (partition === 'whole' ? completion : calls).push(...ops.map(bind));
  }
  return bound;
}

/**
 * Runs a worker's share of one step.
 *
 * @param tasks the source of its tasks
 * @param step the row of the plan's `steps`
 * @param count images in the step's batch
 * @param wait called after each stage: blocks until all workers have called it and one of them has called its argument
 */
export function runStep(
  stages: readonly BoundStage[],
  tasks: TaskSource,
  step: number,
  count: number,
  wait: (complete: () => void) => void,
): void {
  const { worker } = tasks;
  let isForward = true;
  for (const { calls, completion, writesOnlyImages } of stages) {
    tasks.reset();
    for (let task = tasks.claim(isForward); task >= 0; task = tasks.claim(isForward)) {
      const [begin, end] = taskRange(count, task);
      if (writesOnlyImages && begin === end) continue;
      for (const call of calls) call(task, begin, end, step, worker);
    }
    // The next stage starts with what this one wrote last, which is still in the cache.
    isForward = !isForward;
    wait(() => {
      for (const call of completion) call(0, 0, count, step, worker);
    });
  }
}
