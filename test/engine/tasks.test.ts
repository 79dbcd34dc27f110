import { describe, expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { OwnTasks, SharedTasks, type TaskSource } from '#inkling/engine/tasks.js';
import { TASKS } from '#inkling/plan/plan.js';

const all = Array.from({ length: TASKS }, (_, task) => task);

function team(workers: number): SharedTasks[] {
  const shared = SharedTasks.allocate(workers);
  return Array.from({ length: workers }, (_, worker) => new SharedTasks(shared, worker));
}

function takeAll(source: TaskSource, isForward = true): number[] {
  const taken: number[] = [];
  for (let task = source.claim(isForward); task >= 0; task = source.claim(isForward)) taken.push(task);
  return taken;
}

describe('a single thread', () => {
  test.each([
    { isForward: true, order: all },
    { isForward: false, order: all.toReversed() },
  ])('claims every task in order, forward: $isForward', ({ isForward, order }) => {
    const tasks = new OwnTasks();
    for (let stage = 0; stage < 2; stage++) {
      tasks.reset();
      expect(takeAll(tasks, isForward)).toEqual(order);
    }
  });
});

describe('a team of workers', () => {
  test('assigns each worker a contiguous range of tasks, claimed from either end', () => {
    for (const isForward of [true, false]) {
      const [first, second] = team(2);
      first.reset();
      second.reset();
      const own = all.map(() => [first.claim(isForward), second.claim(isForward)]).slice(0, TASKS / 2);
      const [runOfFirst, runOfSecond] = [0, 1].map((worker) => own.map((pair) => pair[worker]));
      const [low, high] = [all.slice(0, TASKS / 2), all.slice(TASKS / 2)];
      expect(runOfFirst).toEqual(isForward ? low : low.toReversed());
      expect(runOfSecond).toEqual(isForward ? high : high.toReversed());
    }
  });

  test('steals tasks that a slower worker has not started, last task first', () => {
    const [first, second] = team(2);
    first.reset();
    second.reset();
    expect(second.claim(true)).toBe(TASKS / 2);
    expect(takeAll(first)).toEqual([...all.slice(0, TASKS / 2), ...all.slice(TASKS / 2 + 1).toReversed()]);
    expect(takeAll(second)).toEqual([]);
  });

  test('does not steal from a worker that has not reached the stage', () => {
    const [first, second] = team(2);
    first.reset();
    expect(takeAll(first)).toHaveLength(TASKS / 2);
    second.reset();
    expect(takeAll(second)).toHaveLength(TASKS / 2);
  });

  test.each([1, 2, 3, 5, TASKS, TASKS + 4])('of %i claims each task once, in any order', (workers) => {
    const random = new Random(workers);
    const sources = team(workers);
    for (let stage = 0; stage < 20; stage++) {
      const taken: number[] = [];
      for (const source of sources) source.reset();
      const busy = new Set(sources);
      while (busy.size > 0) {
        const source = [...busy][Math.floor(random.uniform(0, busy.size))];
        const task = source.claim(stage % 2 === 0);
        if (task < 0) busy.delete(source);
        else taken.push(task);
      }
      expect(taken.sort((a, b) => a - b)).toEqual(all);
    }
  });

  test('gives no tasks to surplus workers, which have no scratch memory of their own', () => {
    const sources = team(TASKS + 1);
    for (const source of sources) source.reset();
    expect(sources[TASKS].claim(true)).toBe(-1);
  });
});
