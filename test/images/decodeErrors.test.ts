import { expect, test } from 'vitest';
import { InklingError, MachineError } from '#inkling/core/errors.js';
import { machineErrorOf, problemOf, problemOfFailure } from '#inkling/images/decodeErrors.js';

test.each([
  new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance'),
  new RangeError('Array buffer allocation failed'),
  new Error('Aborted(OOM)'),
  Object.assign(new Error('spawn failed'), { code: 'EAGAIN' }),
  Object.assign(new Error('too many open files'), { code: 'EMFILE' }),
])('classifies as a machine failure: %s', (error) => {
  expect(machineErrorOf(error)).toBeInstanceOf(MachineError);
  expect(problemOf(error).isMachineFailure).toBe(true);
  expect(problemOf(error).problem).toContain('not enough memory or threads');
});

test.each([
  new InklingError('the PNG file is damaged or truncated; save it again'),
  new WebAssembly.RuntimeError('memory access out of bounds'),
  new RangeError('Offset is outside the bounds of the DataView'),
])('does not classify as a machine failure: %s', (error) => {
  expect(machineErrorOf(error)).toBeUndefined();
  expect(problemOf(error).isMachineFailure).toBe(false);
});

test('reports that a thread ended for lack of memory', () => {
  const reason = 'Worker terminated due to reaching memory limit: JS heap out of memory';
  expect(problemOfFailure({ failure: 'crash', reason }, 1000)).toEqual({
    problem: `not enough memory or threads to decode images (${reason}); close other programs, or raise the limits (ulimit -v, containers)`,
    isMachineFailure: true,
  });
});
