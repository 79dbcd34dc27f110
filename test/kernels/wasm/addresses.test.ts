import { describe, expect, it } from 'vitest';
import { Arena } from '#inkling/plan/arena.js';
import { type OpName, PARTITION } from '#inkling/plan/ops.js';
import { tensorBytes } from '#inkling/plan/tensor.js';
import { fill, type OpCase, opCaseOf, tensorsOf } from '../harness/opCase.js';
import { arrayOf, simdKernels, WasmRun } from '../../helpers/wasmRun.js';

/** Addresses from here on are negative if they are treated as signed numbers. */
const BOUNDARY = 2 ** 31;
const BEYOND = 2 ** 23;
const ALIGNMENT = 64;
const CASE = 19;
/** The position of the boundary within a tensor. */
const PARTS = [0.29, 0.43, 0.61];

const memoryOf = (bytes: number) => new WasmRun(simdKernels, bytes);
const low = memoryOf(BEYOND);
const high = memoryOf(BOUNDARY + BEYOND);

/** The contents of the tensors that a case writes. */
function resultOf(run: WasmRun, test: OpCase): unknown {
  run.bytes.subarray(-2 * BEYOND).fill(0);
  fill(run.memory, test);
  run.run(test.plan, test.step);
  return tensorsOf(test.op.writes).map((tensor) => arrayOf(run.memory, tensor).slice());
}

describe('a kernel computes the same results if a tensor crosses the 2 GiB boundary', () => {
  it.each(Object.keys(PARTITION) as OpName[])('%s', (name) => {
    const test = opCaseOf(name, CASE);
    const expected = resultOf(low, test);
    for (const tensor of [...tensorsOf(test.op.reads), ...tensorsOf(test.op.writes)]) {
      for (const part of PARTS) {
        const arena = new Arena(false);
        const filler = BOUNDARY - tensor.offset - part * tensorBytes(tensor);
        arena.tensor({ name: 'filler', dtype: 'u8', shape: [Math.ceil(filler / ALIGNMENT) * ALIGNMENT] });
        expect(resultOf(high, opCaseOf(name, CASE, arena)), `${part} of ${tensor.name}`).toEqual(expected);
      }
    }
  });
});
