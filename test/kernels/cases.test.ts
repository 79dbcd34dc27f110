import { expect, it } from 'vitest';
import { type OpName, PARTITION } from '#inkling/plan/ops.js';
import { opCaseOf } from './harness/opCase.js';

it.each(Object.keys(PARTITION) as OpName[])('there is a case for %s', (name) => {
  expect(opCaseOf(name, 0).op.op).toBe(name);
});
