import { describe, expect, it } from 'vitest';
import { aligned, ZEROS_BYTES } from '#inkling/plan/arena.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import { type OpName, PARTITION } from '#inkling/plan/ops.js';
import { foreignByte, mistakeIn } from '../harness/deviations.js';
import { expectationsOf, fill, type OpCase, opCaseOf, STEPS_ROW, tensorsOf } from '../harness/opCase.js';
import {
  arrayOf,
  fmaKernels,
  hasSameValues,
  simdKernels,
  WasmRun,
  writeStep,
} from '../../helpers/wasmRun.js';

const CASES = 40;
const MEMORY_BYTES = 2 ** 24;
/** Bytes after the plan's memory, which must not be touched either. */
const GUARD_BYTES = 4096;
/** Bytes of which floats are NaN, and close to 12: unused memory must not affect results. */
const GARBAGE = [0xff, 0x41];

/** A case's memory before its step; what a kernel must neither use nor change is garbage, except for zeros that it can rely on. */
function memoryOf(test: OpCase, garbage: number): Uint8Array {
  const bytes = new Uint8Array(aligned(test.bytes + GUARD_BYTES)).fill(garbage).fill(0, 0, ZEROS_BYTES);
  const memory = TensorMemory.over(bytes.buffer);
  for (const tensor of tensorsOf(test.op.reads)) arrayOf(memory, tensor).fill(0);
  fill(memory, test);
  writeStep(memory, test.plan, test.step, STEPS_ROW);
  return bytes;
}

/** The memory after the step. */
function memoryAfter(run: WasmRun, { plan, step }: OpCase, before: Uint8Array): Uint8Array {
  const used = run.bytes.subarray(0, before.length);
  used.set(before);
  run.run(plan, step, STEPS_ROW);
  return used.slice();
}

/** Hosts choose the maximum tile height; the remaining rows of a product form tiles with fewer rows. */
const TILE_HEIGHTS = [2, 1, 5, 6];

const builds = Object.entries({ fma: fmaKernels, simd: simdKernels }).flatMap(([name, kernels]) =>
  kernels === undefined
    ? []
    : [
        {
          name,
          runs: TILE_HEIGHTS.map((tileHeight) => new WasmRun({ ...kernels, tileHeight }, MEMORY_BYTES)),
        },
      ],
);

/** A case runs with all kernels before the next is drawn: its expected values, in plain TypeScript, take most of the time. */
function expectAsReference(name: OpName, index: number): void {
  const test = opCaseOf(name, index);
  const before = memoryOf(test, GARBAGE[index % GARBAGE.length]);
  const expectations = expectationsOf(test);
  const written = tensorsOf(test.op.writes);
  for (const build of builds) {
    const arrays = build.runs.map((run, at) => {
      const what = `${name}, case ${index}, ${build.name} kernels, tiles of ${TILE_HEIGHTS[at]} rows`;
      const after = memoryAfter(run, test, before);
      // It runs as the first worker.
      const foreign = foreignByte(before, after, [...written, { ...test.plan.scratch, count: 1 }]);
      expect(foreign, `${what}: first byte that is not its own`).toBe(-1);
      return written.map((tensor) => arrayOf(TensorMemory.over(after.buffer), tensor));
    });
    written.forEach((tensor, at) => {
      const [first, ...others] = arrays.map((each) => each[at]);
      const what = `${name}, case ${index}, ${build.name} kernels`;
      expect(mistakeIn(tensor, expectations(tensor), first), what).toBeUndefined();
      const areSame = others.map((other) => hasSameValues(first, other));
      expect(areSame, `${what}: ${tensor.name} has the same bits for every tile height`).not.toContain(false);
    });
  }
}

describe('kernels match the reference, with the same bits for every tile height', () => {
  it.each(Object.keys(PARTITION) as OpName[])('%s', (name) => {
    for (let index = 0; index < CASES; index++) expectAsReference(name, index);
  });

  if (fmaKernels === undefined) {
    it.skip('fused multiply-add SKIPPED: this host has no relaxed SIMD', () => undefined);
  }
});
