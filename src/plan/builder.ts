import type { Pair, Shape } from '../core/shape.js';
import { aligned, type Arena, type TensorRequest } from './arena.js';
import { fuse } from './fuse.js';
import { foldBatchNorm } from './fusions/foldBatchNorm.js';
import type { Op } from './ops.js';
import { placementOf, placeStages } from './placement.js';
import { divideIntoStages, type Plan, TASKS } from './plan.js';
import { scratchBytesOf } from './scratch.js';
import { MAX_STEPS, STEP_FIELDS } from './steps.js';
import { type Tensor, tensorBytes } from './tensor.js';
import { zeroHalos } from './zeroHalos.js';

/** How much memory may wait for the end of a step to be added up. */
const MAX_PARTIALS_BYTES = 2 ** 24;

interface PerImageOptions {
  readonly halo?: Pair;
  readonly dtype?: Tensor['dtype'];
  /** Whether it has memory of its own, initialized with zeros, to be written before a step or read after it. */
  readonly kept?: boolean;
}

/**
 * Builds a plan: collects its operations and allocates its tensors. Those that are not documented otherwise are temporary: they have
 * a value only between their first write and last use in a step.
 */
export class PlanBuilder {
  readonly #arena: Arena;
  readonly #batchSize: number;
  readonly #prologue: Op[] = [];
  readonly #ops: Op[] = [];
  readonly #epilogue: Op[] = [];
  #partials: Op[] = [];
  #partialsBytes = 0;

  constructor(arena: Arena, batchSize: number) {
    this.#arena = arena;
    this.#batchSize = batchSize;
  }

  /** Allocates a tensor of a single item, with memory of its own, which is initialized with zeros and keeps its values. */
  shared(request: TensorRequest): Tensor {
    return this.#arena.tensor(request);
  }

  /** Allocates a tensor with an item for each image of the batch. */
  perImage(name: string, shape: Shape, { kept = false, ...options }: PerImageOptions = {}): Tensor {
    const request: TensorRequest = { name, shape, per: 'image', count: this.#batchSize, ...options };
    return kept ? this.#arena.tensor(request) : this.#arena.temporary(request);
  }

  /**
   * Allocates a tensor with an item for each task, such as the sum over the task's images, or for each of `count` groups of tasks.
   */
  perTask(name: string, shape: Shape, dtype: Tensor['dtype'] = 'f32', count = TASKS): Tensor {
    return this.#arena.temporary({ name, shape, per: 'task', count, dtype });
  }

  add(op: Op): void {
    this.#ops.push(op);
    if (this.#partialsBytes <= MAX_PARTIALS_BYTES) return;
    this.#ops.push(...this.#partials);
    this.#partials = [];
    this.#partialsBytes = 0;
  }

  /** Adds an operation that runs before all others of a step, because it depends on the parameters only. */
  prologue(op: Op): void {
    this.#prologue.push(op);
  }

  /** Adds an operation that runs after all others of a step, in the order of the calls. */
  epilogue(op: Op): void {
    this.#epilogue.push(op);
  }

  /**
   * Adds the sum of the tasks' partial gradients, which the next operation to be added must write. It runs with others like it, at the
   * end of the step or, when they take much memory, after that operation.
   */
  sumPartials(partials: Tensor, gradient: Tensor): void {
    this.#partialsBytes += tensorBytes(partials);
    this.#partials.push({ op: 'sumPartials', reads: { partials }, writes: { gradient } });
  }

  /**
   * Builds one plan. Its steps may change the parameters, so that each step runs the prologue.
   *
   * @param rewrite called with the fused operations; returns those that the plan consists of
   */
  build(name: string, rewrite?: (ops: readonly Op[], arena: Arena) => readonly Op[]): Plan {
    const ops = fuse([...this.#prologue, ...this.#ops, ...this.#partials, ...this.#epilogue]);
    return this.#planOf(name, rewrite?.(ops, this.#arena) ?? ops);
  }

  /** Builds two plans for constant parameters: `prologue` runs once after they are set, `main` once per batch. */
  buildWithPrologue(name: string): { readonly prologue: Plan; readonly main: Plan } {
    const fused = { prologue: this.#prologue, main: fuse([...this.#ops, ...this.#epilogue]) };
    const { prologue, main } = foldBatchNorm(fused, (request) => this.shared(request));
    return { prologue: this.#planOf(`${name}.prologue`, prologue), main: this.#planOf(name, main) };
  }

  #planOf(name: string, ops: readonly Op[]): Plan {
    const arena = this.#arena;
    // There are at most as many workers as tasks, and no two of them write to the same cache line.
    const scratchBytes = aligned(Math.max(0, ...ops.map(scratchBytesOf)));
    const scratch = this.perTask('scratch', [scratchBytes], 'u8');
    const stages = divideIntoStages(zeroHalos(ops));
    const placement = placementOf(stages, scratch, this.#batchSize);
    const start = arena.workspace(placement.bytes);
    const place = (tensor: Tensor) => placement.place(tensor, start);
    return {
      name,
      batchSize: this.#batchSize,
      stages: placeStages(stages, place),
      scratch: place(scratch),
      steps: this.shared({ name: 'steps', dtype: 'f64', shape: [MAX_STEPS, STEP_FIELDS.length] }),
    };
  }
}
