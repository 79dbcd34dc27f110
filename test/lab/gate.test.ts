import { expect, test } from 'vitest';
import { Gate } from '../../src/lab/training/gate.js';

test('training passes an open gate, and waits at a closed one', async () => {
  const gate = new Gate();
  expect(await gate.enter()).toBeUndefined();
  gate.close();
  let passed: (number | undefined)[] = [];
  const enter = () => void gate.enter().then((steps) => passed.push(steps));
  enter();
  await Promise.resolve();
  expect(passed).toEqual([]);
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
});
