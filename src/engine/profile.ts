import { bindOp } from '../kernels/kernel.js';
import { instantiateKernels } from '../kernels/wasm/instantiate.js';
import { wasmKernels } from '../kernels/generated/wasmKernels.js';
import { TensorMemory } from '../plan/memory.js';
import type { Op } from '../plan/ops.js';
import { type Plan, TASKS, taskRange } from '../plan/plan.js';
import { type Step, writeSteps } from '../plan/steps.js';
import { kernelsForHost } from './kernels.js';
import { allocateMemory } from './memory.js';

/** V8 takes about this long to optimize the functions. */
const WARMUP_SECONDS = 0.5;

/** An operation of a plan and the time it takes per step. */
export interface OpTime {
  readonly op: Op;
  /** The median over the steps, for all images, on one thread. */
  readonly seconds: number;
}

/**
 * Measures the time of every operation of a plan. Steps run as in a worker, stage by stage and task by task, on this thread
 * alone.
 *
 * @param memoryBytes the size of the plan's arena
 * @param fill writes what the plan reads: weights, images, labels
 * @param steps how many steps to measure, after a warm-up of half a second
 */
export async function profilePlan(
  plan: Plan,
  memoryBytes: number,
  fill: (tensors: TensorMemory<Float32Array>) => void,
  step: Step,
  steps: number,
): Promise<OpTime[]> {
  const compiled = await kernelsForHost();
  const memory = allocateMemory(memoryBytes);
  const kernels = instantiateKernels(compiled, memory, wasmKernels);
  const tensors = TensorMemory.over(memory.buffer);
  fill(tensors);
  writeSteps(tensors.doubles(plan.steps), [step]);
  const stages = plan.stages.map(({ partition, ops }) => ({
    tasks: partition === 'whole' ? 1 : TASKS,
    ops: ops.map((op) => ({
      op,
      call: bindOp(wasmKernels.bindings, op, kernels, plan),
      samples: [] as number[],
    })),
  }));

  const runStep = (): void => {
    for (const { tasks, ops } of stages) {
      const spent = ops.map(() => 0);
      for (let task = 0; task < tasks; task++) {
        const [begin, end] = tasks === 1 ? [0, step.count] : taskRange(step.count, task);
        ops.forEach(({ call }, index) => {
          const started = performance.now();
          call(task, begin, end, 0, 0);
          spent[index] += performance.now() - started;
        });
      }
      ops.forEach(({ samples }, index) => samples.push(spent[index] / 1000));
    }
  };

  const started = performance.now();
  let warmups = 0;
  for (; performance.now() - started < WARMUP_SECONDS * 1000; warmups++) runStep();
  for (let i = 0; i < steps; i++) runStep();
  return stages.flatMap(({ ops }) =>
    ops.map(({ op, samples }) => ({ op, seconds: medianOf(samples.slice(warmups)) })),
  );
}

function medianOf(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
