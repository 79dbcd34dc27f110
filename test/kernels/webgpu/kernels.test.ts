import { afterAll, describe, expect, it } from 'vitest';
import { type OpName, PARTITION } from '#inkling/plan/ops.js';
import { noGpuPage, openGpuPage } from '../../helpers/webgpu/gpuPage.js';
import { arrayOf } from '../../helpers/wasmRun.js';
import { foreignByte, mistakeIn } from '../harness/deviations.js';
import { type Expectation, expectationsOf, type OpCase, opCaseOf, tensorsOf } from '../harness/opCase.js';
import { memoryOf, resultOf, runOnGpu, startingWith } from './gpuCase.js';
import { gpuExpectation } from './tolerance.js';

/** Fewer than for WebAssembly, since the processor simulates the GPU and takes a second to compile a matrix product. */
const CASES = [0, 1, 3, 4, 6, 19];
const CASES_OF_PRODUCTS = [1, 3, 6];
const PRODUCTS = /^(conv2d|linear)/;
const GARBAGE = 0xff;

/** Not computed, because no shader reads its result. */
const UNUSED = 'winogradWeight';

const gpu = await openGpuPage();

function expectAsReference(test: OpCase, before: Uint8Array, after: Uint8Array<ArrayBuffer>, what: string) {
  const name = test.op.op;
  const written = name === UNUSED ? [] : tensorsOf(test.op.writes);
  const result = resultOf(test, after);
  const expectations = expectationsOf(test, 0);
  for (const tensor of written) {
    const actual = arrayOf(result, tensor);
    const expected = gpuExpectation(expectations(tensor), name, tensor);
    // A shader may compute what the reference leaves out, such as 0 · NaN; but what is not finite must not become a number.
    const finite: Expectation = (i) => (Number.isFinite(actual[i]) ? expected(i) : [actual[i], 0]);
    const mistake = mistakeIn(tensor, what.includes('with') ? finite : expected, actual);
    expect.soft(mistake, what).toBeUndefined();
  }
  expect.soft(foreignByte(before, after, written), `${what}: first byte that is not its own`).toBe(-1);
}

describe.skipIf(gpu === undefined)(
  `shaders match the reference${gpu === undefined ? `: SKIPPED, ${noGpuPage}` : ''}`,
  () => {
    afterAll(() => gpu?.close());

    it.each(['conv2d', 'channelSums', 'imagesToFloats', 'clipGradient'] as const)(
      '%s has the same bits in memory of several buffers',
      async (name) => {
        const test = opCaseOf(name, 6);
        const before = memoryOf(test, GARBAGE);
        const bufferBytes = 2 ** Math.floor(Math.log2(before.length / 3));
        const [expected] = await runOnGpu(gpu, test, [before]);
        const [actual] = await runOnGpu(gpu, test, [before], bufferBytes);
        expect(Buffer.compare(actual, expected)).toBe(0);
        expect(Buffer.compare(actual, before)).not.toBe(0);
      },
    );

    it.each(Object.keys(PARTITION) as OpName[])('%s', async (name) => {
      for (const index of PRODUCTS.test(name) ? CASES_OF_PRODUCTS : CASES) {
        const usual = opCaseOf(name, index);
        // The reference of a matrix product takes long.
        const isSlow = PRODUCTS.test(name) && index !== CASES_OF_PRODUCTS[0];
        const others = isSlow ? [] : [startingWith(NaN, usual), startingWith(Infinity, usual)];
        const tests = [usual, ...others];
        const memories = tests.map((test) => memoryOf(test, GARBAGE));
        const results = await runOnGpu(gpu, usual, memories);
        tests.forEach((test, i) => {
          const what = `${name}, case ${index}${['', ' with NaN', ' with infinity'][i]}`;
          expectAsReference(test, memories[i], results[i], what);
        });
      }
    });
  },
);
