import { afterAll, describe, expect, it } from 'vitest';
import { type OpName, PARTITION } from '#inkling/plan/ops.js';
import { noGpuPage, openGpuPage } from '../../helpers/webgpu/gpuPage.js';
import { arrayOf } from '../../helpers/wasmRun.js';
import { foreignByte, mistakeIn } from '../harness/deviations.js';
import { expectationsOf, opCaseOf, tensorsOf } from '../harness/opCase.js';
import { memoryOf, resultOf, runOnGpu } from './gpuCase.js';
import { gpuExpectation } from './tolerance.js';

/** Fewer than for WebAssembly, since the processor simulates the GPU and takes a second to compile a matrix product. */
const CASES = [0, 1, 3, 4, 6];
const CASES_OF_PRODUCTS = [1, 3, 6];
const PRODUCTS = /^(conv2d|linear)/;
const GARBAGE = 0xff;

const gpu = await openGpuPage();

describe.skipIf(gpu === undefined)(
  `shaders match the reference${gpu === undefined ? `: SKIPPED, ${noGpuPage}` : ''}`,
  () => {
    afterAll(() => gpu?.close());

    it.each(Object.keys(PARTITION) as OpName[])('%s', async (name) => {
      for (const index of PRODUCTS.test(name) ? CASES_OF_PRODUCTS : CASES) {
        const test = opCaseOf(name, index);
        const what = `${name}, case ${index}`;
        const before = memoryOf(test, GARBAGE);
        const after = await runOnGpu(gpu, test, before);
        const written = tensorsOf(test.op.writes);
        const result = resultOf(test, after);
        const expectations = expectationsOf(test, 0);
        for (const tensor of written) {
          const expected = gpuExpectation(expectations(tensor), name, tensor);
          expect.soft(mistakeIn(tensor, expected, arrayOf(result, tensor)), what).toBeUndefined();
        }
        expect.soft(foreignByte(before, after, written), `${what}: first byte that is not its own`).toBe(-1);
      }
    });
  },
);
