import { expect, it } from 'vitest';
import { type BoundStage, runStep } from '#inkling/engine/execute.js';
import { OwnTasks } from '#inkling/engine/tasks.js';
import { TASKS } from '#inkling/plan/plan.js';

/** The tasks of a stage that are run for a batch of `count` images. */
function tasksRun(writesOnlyImages: boolean, count: number): number[] {
  const tasks: number[] = [];
  const stage: BoundStage = { calls: [(task) => tasks.push(task)], completion: [], writesOnlyImages };
  runStep([stage], new OwnTasks(), 0, count, (complete) => {
    complete();
  });
  return tasks;
}

it('leaves out tasks without images in stages that write nothing else', () => {
  expect(tasksRun(true, 1)).toEqual([TASKS - 1]);
  expect(tasksRun(true, 3)).toHaveLength(3);
  expect(tasksRun(true, TASKS)).toHaveLength(TASKS);
});

it('runs every task of other stages', () => {
  expect(tasksRun(false, 1)).toHaveLength(TASKS);
});
