import { expect, test } from 'vitest';
import { Budget } from '#inkling/core/budget.js';

test('tasks wait until there is enough for them, in order', async () => {
  const budget = new Budget(100);
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string, amount: number) =>
    budget.run(amount, async () => {
      log.push(name);
      await new Promise<void>((end) => ends.set(name, end));
    });
  const runs = [run('a', 60), run('b', 60), run('c', 30)];
  await Promise.resolve();
  expect(log).toEqual(['a']);
  ends.get('a')?.();
  await runs[0];
  await new Promise((resolve) => setImmediate(resolve));
  expect(log).toEqual(['a', 'b', 'c']);
  ends.get('b')?.();
  ends.get('c')?.();
  await Promise.all(runs);
  await expect(budget.run(100, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(await budget.run(100, () => Promise.resolve(1))).toBe(1);
});
