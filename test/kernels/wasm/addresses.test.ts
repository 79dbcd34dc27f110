import { describe, expect, it } from 'vitest';
import { aligned } from '#inkling/plan/arena.js';
import { mapTensors } from '#inkling/plan/mapTensors.js';
import { type OpName, PARTITION } from '#inkling/plan/ops.js';
import { tensorsOf as planTensors } from '#inkling/plan/plan.js';
import { type Tensor, tensorBytes } from '#inkling/plan/tensor.js';
import { fill, type OpCase, opCaseOf, tensorsOf } from '../harness/opCase.js';
import { arrayOf, hasSameValues, simdKernels, WasmRun } from '../../helpers/wasmRun.js';

/** Addresses from here on are negative if they are treated as signed numbers. */
const BOUNDARY = 2 ** 31;
const BEYOND = 2 ** 23;
const CASE = 19;
/** The position of the boundary within a tensor. */
const PARTS = [0.29, 0.43, 0.61];

const memoryOf = (bytes: number) => new WasmRun(simdKernels, bytes);
const low = memoryOf(BEYOND);
const high = memoryOf(BOUNDARY + BEYOND);

/** The contents of the tensors that a case writes, if all of its tensors are moved up. */
function resultOf(run: WasmRun, test: OpCase, distance = 0) {
  const moved = movedCase(test, distance);
  run.bytes.subarray(distance, distance + test.bytes).fill(0);
  fill(run.memory, moved);
  run.run(moved.plan, moved.step);
  return tensorsOf(moved.op.writes).map((tensor) => arrayOf(run.memory, tensor).slice());
}

function movedCase(test: OpCase, distance: number): OpCase {
  const tensors = new Map(
    [...planTensors(test.plan), ...test.values.keys()].map((tensor) => [
      tensor,
      { ...tensor, offset: tensor.offset + distance },
    ]),
  );
  const move = (tensor: Tensor): Tensor => tensors.get(tensor) ?? tensor;
  const { stages, steps, scratch, ...plan } = test.plan;
  return {
    ...test,
    op: mapTensors(test.op, move),
    plan: {
      ...plan,
      stages: stages.map((stage) => ({ ...stage, ops: stage.ops.map((op) => mapTensors(op, move)) })),
      steps: move(steps),
      scratch: move(scratch),
    },
    values: new Map([...test.values].map(([tensor, values]) => [move(tensor), values])),
  };
}

describe('a kernel computes the same results if a tensor crosses the 2 GiB boundary', () => {
  it.each(Object.keys(PARTITION) as OpName[])('%s', (name) => {
    const test = opCaseOf(name, CASE);
    const expected = resultOf(low, test);
    for (const tensor of [...tensorsOf(test.op.reads), ...tensorsOf(test.op.writes)]) {
      for (const part of PARTS) {
        const distance = aligned(BOUNDARY - tensor.offset - part * tensorBytes(tensor));
        const areSame = resultOf(high, test, distance).map((array, at) => hasSameValues(array, expected[at]));
        expect(areSame, `${part} of ${tensor.name}`).not.toContain(false);
      }
    }
  });
});
