import { Random } from '#inkling/core/random.js';
import type { KernelCall } from '#inkling/kernels/kernel.js';
import { bindOp } from '#inkling/kernels/kernel.js';
import { instantiateKernels } from '#inkling/kernels/wasm/exports.js';
import { wasmKernels } from '#inkling/kernels/wasm/index.js';
import { allocateMemory } from '#inkling/engine/memory.js';
import { allocateNetwork, fillWeights } from '#inkling/models/network.js';
import { Arena } from '#inkling/plan/arena.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import type { Op } from '#inkling/plan/ops.js';
import { type Plan, TASKS, taskRange } from '#inkling/plan/plan.js';
import { writeSteps } from '#inkling/plan/steps.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { compileKernels } from '#inkling/platform/node.js';
import { allocateSource, type SourceTensors, trainingPlan } from '#inkling/train/plans.js';
import { fixtureWeights, reportCnn } from './fixture.js';
import { flopsAnImage } from './flops.js';
import { measurePeak } from './peak.js';
import type { KernelRow, Kernels } from './results.js';
import { median } from './statistics.js';

const BATCH = 64;
/** The compiler needs that long to see which functions are worth its while. */
const WARMUP_STEPS = 50;
/** Nothing is learned, so that every step computes the same. */
const STEP = {
  first: 0,
  count: BATCH,
  learningRate: 0,
  biasCorrection1: 1,
  biasCorrection2: 1,
  dropoutSeed: 0,
};

/** An operation of the plan, and its time in each step in milliseconds. */
interface TimedOp {
  readonly op: Op;
  readonly milliseconds: number[];
}

/**
 * Times every operation of the report network's training step where it stands, on one thread.
 *
 * @param folder where temporary files may go
 */
export async function measureKernels(folder: string, steps: number): Promise<Kernels> {
  const compiled = await compileKernels();
  const arena = new Arena();
  const model = reportCnn(1);
  const network = allocateNetwork(arena, model);
  const source = allocateSource(arena, model, BATCH);
  const { plan } = trainingPlan(arena, { model, network, source, batchSize: BATCH }, { type: 'adam' });
  const memory = allocateMemory(arena.bytes);
  const tensors = TensorMemory.over(memory.buffer);
  fillWeights(tensors, network, fixtureWeights(model));
  fillSource(tensors, source);
  writeSteps(tensors.doubles(plan.steps), [STEP]);

  const kernels = instantiateKernels(compiled, memory);
  const timed = timePlan(plan, (op) => bindOp(wasmKernels, op, kernels, plan), steps);
  const peakGigaflops = await measurePeak(compiled.simd, folder);
  return {
    peakGigaflops,
    batch: BATCH,
    megaflopsAnImage: timed.reduce((sum, { op }) => sum + flopsAnImage(op), 0) / 1e6,
    rows: rowsOf(timed, peakGigaflops),
  };
}

function fillSource(tensors: TensorMemory, { images, labels, order }: SourceTensors): void {
  const random = new Random(0);
  tensors.bytes(images).forEach((_, i, bytes) => (bytes[i] = random.uint32() & 255));
  tensors.bytes(labels).forEach((_, i, bytes) => (bytes[i] = random.uint32() % 10));
  tensors.ints(order).forEach((_, i, indices) => (indices[i] = i));
}

/** Runs steps as a worker does: stage by stage, task by task, all of a stage's operations on a task in turn. */
function timePlan(plan: Plan, bind: (op: Op) => KernelCall, steps: number): TimedOp[] {
  const stages = plan.stages.map(({ partition, ops }) => ({
    ranges:
      partition === 'whole'
        ? [[0, BATCH] as const]
        : Array.from({ length: TASKS }, (_, task) => taskRange(BATCH, task)),
    ops: ops.map((op) => ({ op, call: bind(op), milliseconds: [] as number[] })),
  }));
  for (let step = -WARMUP_STEPS; step < steps; step++) {
    for (const { ranges, ops } of stages) {
      const spent = ops.map(() => 0);
      ranges.forEach(([begin, end], task) => {
        ops.forEach(({ call }, index) => {
          const started = performance.now();
          call(task, begin, end, 0);
          spent[index] += performance.now() - started;
        });
      });
      if (step >= 0) ops.forEach(({ milliseconds }, index) => milliseconds.push(spent[index]));
    }
  }
  return stages.flatMap(({ ops }) => ops);
}

function rowsOf(timed: readonly TimedOp[], peakGigaflops: number): KernelRow[] {
  const stepMilliseconds = timed.reduce((sum, { milliseconds }) => sum + median(milliseconds), 0);
  return timed.map(({ op, milliseconds: samples }) => {
    const milliseconds = median(samples);
    const gigaflops = (flopsAnImage(op) * BATCH) / milliseconds / 1e6;
    return {
      operation: op.op,
      tensor: Object.values<Tensor>(op.writes)[0].name,
      milliseconds,
      timeShare: milliseconds / stepMilliseconds,
      ...(gigaflops > 0 && { gigaflops, peakShare: gigaflops / peakGigaflops }),
    };
  });
}
