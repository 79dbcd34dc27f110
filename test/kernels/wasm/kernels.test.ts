import { describe, expect, it } from 'vitest';
import { ZEROS_BYTES } from '#inkling/plan/arena.js';
import { type OpName, PARTITION } from '#inkling/plan/ops.js';
import { BYTES_PER_ELEMENT, type Tensor } from '#inkling/plan/tensor.js';
import {
  type Expectation,
  expectationsOf,
  fill,
  type OpCase,
  opCaseOf,
  STEPS_ROW,
  tensorsOf,
} from '../harness/opCase.js';
import { interiorOf } from '../../helpers/referenceRun.js';
import { arrayOf, fmaKernels, simdKernels, WasmRun, writeStep } from '../../helpers/wasmRun.js';

const CASES = 40;
const MEMORY_BYTES = 2 ** 24;
/** Bytes after the plan's memory, which must not be touched either. */
const GUARD_BYTES = 4096;
/** Bytes of which floats are NaN, and close to 12: unused memory must not affect results. */
const GARBAGE = [0xff, 0x41];

/** Describes the first wrong value of a written tensor, if there is one. */
function mistakeIn(tensor: Tensor, expected: Expectation, actual: ArrayLike<number>): string | undefined {
  for (const index of interiorOf(tensor)) {
    const [value, allowed] = expected(index);
    const got = actual[index];
    const isUnwritten = Number.isNaN(value) && Number.isNaN(got);
    if (!isUnwritten && !(Math.abs(got - value) <= allowed)) {
      return `${tensor.name}[${index}] is ${got}, expected ${value} ± ${allowed}`;
    }
  }
  return undefined;
}

/** The first byte that changed outside of the tensors that may be written, or in their halos; -1 if there is none. */
function foreignByte(before: Uint8Array, after: Uint8Array, written: readonly Tensor[]): number {
  for (const tensor of written) {
    const size = BYTES_PER_ELEMENT[tensor.dtype];
    for (const index of interiorOf(tensor)) {
      const start = tensor.offset + index * size;
      before.set(after.subarray(start, start + size), start);
    }
  }
  return before.findIndex((byte, index) => byte !== after[index]);
}

/** Fills memory that a kernel must neither use nor change with garbage, except for zeros that it can rely on. */
function prepare({ memory }: WasmRun, test: OpCase, used: Uint8Array, garbage: number): void {
  used.fill(garbage).fill(0, 0, ZEROS_BYTES);
  for (const tensor of tensorsOf(test.op.reads)) arrayOf(memory, tensor).fill(0);
  fill(memory, test);
  writeStep(memory, test.plan, test.step, STEPS_ROW);
}

function expectAsReference(run: WasmRun, test: OpCase, garbage: number, what: string): void {
  const { op, plan, bytes, step } = test;
  const used = run.bytes.subarray(0, bytes + GUARD_BYTES);
  prepare(run, test, used, garbage);
  const before = used.slice();
  run.run(plan, step, STEPS_ROW);
  const written = tensorsOf(op.writes);
  const expectations = expectationsOf(test);
  for (const tensor of written) {
    expect(mistakeIn(tensor, expectations(tensor), arrayOf(run.memory, tensor)), what).toBeUndefined();
  }
  expect(
    // It runs as the first worker.
    foreignByte(before, used, [...written, { ...plan.scratch, count: 1 }]),
    `${what}: first byte that is not its own`,
  ).toBe(-1);
}

/** Hosts choose the maximum tile height; the remaining rows of a product form tiles with fewer rows. */
const TILE_HEIGHTS = [2, 6];

describe.each(
  TILE_HEIGHTS.flatMap((tileHeight) => [
    ['fma', tileHeight, fmaKernels] as const,
    ['simd', tileHeight, simdKernels] as const,
  ]),
)('the %s kernels with tiles of %i rows match the reference', (_name, tileHeight, kernels) => {
  if (kernels === undefined) {
    it.skip('SKIPPED: this host has no relaxed SIMD', () => undefined);
    return;
  }
  const run = new WasmRun({ ...kernels, tileHeight }, MEMORY_BYTES);

  it.each(Object.keys(PARTITION) as OpName[])('%s', (name) => {
    for (let index = 0; index < CASES; index++) {
      expectAsReference(
        run,
        opCaseOf(name, index),
        GARBAGE[index % GARBAGE.length],
        `${name}, case ${index}`,
      );
    }
  });
});

describe('results are bit-identical for every tile height', () => {
  const runs = [1, 2, 5, 6].map(
    (tileHeight) => new WasmRun({ ...(fmaKernels ?? simdKernels), tileHeight }, MEMORY_BYTES),
  );
  const operations = [
    'conv2d',
    'conv2dInputGrad',
    'conv2dWeightGrad',
    'conv2dGroupWeightGrad',
    'linear',
    'linearInputGrad',
    'linearWeightGrad',
    'batchNormInputGrad',
    'normReluInputGrad',
    'normReluPool2dGradSums',
    'normReluPool2dInputGrad',
  ] as const;

  it.each(operations)('%s', (name) => {
    for (let index = 0; index < CASES; index++) {
      const test = opCaseOf(name, index);
      const [first, ...others] = runs.map((run) => {
        prepare(run, test, run.bytes.subarray(0, test.bytes + GUARD_BYTES), 0);
        run.run(test.plan, test.step, STEPS_ROW);
        return tensorsOf(test.op.writes).map((tensor) => arrayOf(run.memory, tensor).slice());
      });
      for (const other of others) {
        const isSame = other.every((array, at) => array.every((value, i) => Object.is(value, first[at][i])));
        expect(isSame, `${name}, case ${index}`).toBe(true);
      }
    }
  });
});
