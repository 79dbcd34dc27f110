import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import { bindOp, type KernelCall } from '#inkling/kernels/kernel.js';
import { referenceKernels } from '#inkling/kernels/generated/referenceKernels.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import type { Op, Partition } from '#inkling/plan/ops.js';
import { type Plan, taskRange, TASKS } from '#inkling/plan/plan.js';
import { type Step, writeSteps } from '#inkling/plan/steps.js';
import { BYTES_PER_ELEMENT, itemPitch, type Tensor } from '#inkling/plan/tensor.js';
import { sizeOf } from '#inkling/core/shape.js';

interface BoundOp {
  readonly op: Op;
  readonly call: KernelCall;
}

/** A plan on its own memory, run by the reference kernels. */
export class ReferenceRun {
  readonly memory: TensorMemory;
  readonly #plan: Plan;
  readonly #stages: readonly { partition: Partition; ops: readonly BoundOp[] }[];

  constructor(arena: Arena, plan: Plan, precision: 'float32' | 'float64' = 'float64') {
    this.memory =
      precision === 'float64'
        ? TensorMemory.inDoublePrecision(arena.bytes)
        : TensorMemory.over(new ArrayBuffer(arena.bytes));
    this.#plan = plan;
    this.#stages = plan.stages.map(({ partition, ops }) => ({
      partition,
      ops: ops.map((op) => ({ op, call: bindOp(referenceKernels, op, this.memory, plan) })),
    }));
  }

  /** Runs one step of the plan, by default on a full batch; `observe` wraps each task of an operation. */
  run(step: Partial<Step> = {}, observe = runTask): void {
    const full = { ...DEFAULT_STEP, count: this.#plan.batchSize, ...step };
    writeSteps(this.memory.doubles(this.#plan.steps), [full]);
    for (const { partition, ops } of this.#stages) {
      for (let task = 0; task < (partition === 'whole' ? 1 : TASKS); task++) {
        const [begin, end] = partition === 'items' ? taskRange(full.count, task) : [0, 0];
        for (const { op, call } of ops) {
          observe({
            op,
            partition,
            task,
            begin,
            end,
            call: () => {
              call(task, begin, end, 0, 0);
            },
          });
        }
      }
    }
  }

  /** Sets everything that the plan writes, except halos, to NaN, to detect what a step does not write. */
  forget(): void {
    for (const { op } of this.#stages.flatMap(({ ops }) => ops)) {
      for (const tensor of Object.values(op.writes)) this.set(tensor, () => NaN);
    }
  }

  /** The values of a tensor, without halos. */
  get(tensor: Tensor, items = tensor.count): number[] {
    const array = this.array(tensor);
    return interiorOf(tensor, 0, items).map((index) => array[index]);
  }

  /** Sets the values of a tensor, without halos. */
  set(tensor: Tensor, value: ArrayLike<number> | ((index: number) => number)): void {
    const array = this.array(tensor);
    interiorOf(tensor).forEach((position, index) => {
      array[position] = typeof value === 'function' ? value(index) : value[index];
    });
  }

  /** All values of a tensor, including halos. */
  array(tensor: Tensor): Float32Array | Float64Array | Int32Array | Uint8Array {
    switch (tensor.dtype) {
      case 'f32':
        return this.memory.floats(tensor);
      case 'f64':
        return this.memory.doubles(tensor);
      case 'i32':
        return this.memory.ints(tensor);
      case 'u8':
        return this.memory.bytes(tensor);
    }
  }
}

export interface ObservedTask {
  readonly op: Op;
  readonly partition: Partition;
  readonly task: number;
  readonly begin: number;
  readonly end: number;
  readonly call: () => void;
}

const runTask = ({ call }: ObservedTask): void => {
  call();
};

const DEFAULT_STEP = {
  first: 0,
  learningRate: 0.1,
  biasCorrection1: 1,
  biasCorrection2: 1,
  averageShare: 0,
  dropoutSeed: 0,
  augmentSeed: 0,
};

const interiors = new WeakMap<Tensor, readonly number[]>();

/** The indices of a tensor's elements, without halos; those of all items are computed once, because tests ask for them often. */
export function interiorOf(tensor: Tensor, begin = 0, end = tensor.count): readonly number[] {
  if (begin !== 0 || end !== tensor.count) return interiorOfItems(tensor, begin, end);
  const indices = interiors.get(tensor) ?? interiorOfItems(tensor, begin, end);
  interiors.set(tensor, indices);
  return indices;
}

function interiorOfItems(tensor: Tensor, begin: number, end: number): number[] {
  const pitch = itemPitch(tensor) / BYTES_PER_ELEMENT[tensor.dtype];
  const [height, width, channels] = tensor.shape.length === 3 ? tensor.shape : [1, 1, sizeOf(tensor.shape)];
  const [above, left] = tensor.shape.length === 3 ? tensor.halo : [0, 0];
  const indices: number[] = [];
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          indices.push(item * pitch + ((above + y) * (width + 2 * left) + left + x) * channels + c);
        }
      }
    }
  }
  return indices;
}

/** A run of the operations that `build` adds, and the tensors that it returns. */
export function runOf<Tensors>(
  batchSize: number,
  build: (builder: PlanBuilder) => Tensors,
  precision?: 'float32' | 'float64',
): { run: ReferenceRun; tensors: Tensors } {
  const arena = new Arena(false);
  const builder = new PlanBuilder(arena, batchSize);
  const tensors = build(builder);
  return { run: new ReferenceRun(arena, builder.build('test'), precision), tensors };
}
