import { expect, it } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import { TASKS } from '#inkling/plan/plan.js';
import { INERT_STEP } from '#inkling/plan/steps.js';
import { fmaKernels, simdKernels, WasmRun } from '../../helpers/wasmRun.js';

/** Several chunks of terms, of which the last is shorter. */
const INPUTS = 300;
const OUTPUTS = 24;

it.each([true, false])(
  'an image has the same outputs alone in its task and with others, bias: %s',
  (hasBias) => {
    const arena = new Arena(false);
    const builder = new PlanBuilder(arena, 2 * TASKS);
    const input = builder.perImage('input', [INPUTS]);
    const weight = builder.shared({ name: 'weight', shape: [INPUTS, OUTPUTS] });
    const bias = builder.shared({ name: 'bias', shape: [OUTPUTS] });
    const output = builder.perImage('output', [OUTPUTS]);
    builder.add({ op: 'linear', reads: { input, weight, ...(hasBias && { bias }) }, writes: { output } });
    const plan = builder.build('linear');
    const random = new Random(0);
    const run = new WasmRun(fmaKernels ?? simdKernels, arena.bytes);
    for (const tensor of [input, weight, bias]) {
      run.memory.floats(tensor).forEach((_, i, values) => {
        values[i] = random.uniform(-1, 1);
      });
    }
    const outputsOf = (count: number) => {
      run.run(plan, { ...INERT_STEP, first: 0, count });
      return [...run.memory.floats(output).subarray(0, TASKS * OUTPUTS)];
    };
    expect(outputsOf(TASKS)).toEqual(outputsOf(2 * TASKS));
  },
);
