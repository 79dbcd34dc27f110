import { expect, test } from 'vitest';
import { Gate } from '../../src/lab/training/gate.js';

test('training passes an open gate, and waits at a closed one', async () => {
  const gate = new Gate();
  expect(await gate.enter()).toBeUndefined();
  let waits = 0;
  gate.close(() => waits++);
  expect(waits).toBe(0);
  let passed: (number | undefined)[] = [];
  const enter = () => void gate.enter().then((steps) => passed.push(steps));
  enter();
  await Promise.resolve();
  expect(passed).toEqual([]);
  expect(waits).toBe(1);
  gate.step();
  await Promise.resolve();
  expect(passed).toEqual([1]);
  passed = [];
  // Nothing waits: the step is not kept for later.
  gate.step();
  enter();
  await Promise.resolve();
  expect(passed).toEqual([]);
  gate.open();
  await Promise.resolve();
  expect(passed).toEqual([undefined]);
  // It is told of the first time only.
  expect(waits).toBe(1);
});
