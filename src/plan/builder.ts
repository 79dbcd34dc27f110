import type { Pair, Shape } from '../core/shape.js';
import type { Arena, TensorRequest } from './arena.js';
import { fuse } from './fuse.js';
import type { Op } from './ops.js';
import { divideIntoStages, type Plan, TASKS } from './plan.js';
import { MAX_STEPS, STEP_FIELDS } from './steps.js';
import type { Tensor } from './tensor.js';
import { scratchBytesOf } from './winograd.js';

/** Builds a plan: collects its operations and allocates its tensors. */
export class PlanBuilder {
  readonly #arena: Arena;
  readonly #batchSize: number;
  readonly #prologue: Op[] = [];
  readonly #ops: Op[] = [];
  readonly #epilogue: Op[] = [];

  constructor(arena: Arena, batchSize: number) {
    this.#arena = arena;
    this.#batchSize = batchSize;
  }

  /** Allocates a tensor of a single item. */
  shared(request: TensorRequest): Tensor {
    return this.#arena.tensor(request);
  }

  /** Allocates a tensor with an item for each image of the batch. */
  perImage(name: string, shape: Shape, options: { halo?: Pair; dtype?: Tensor['dtype'] } = {}): Tensor {
    return this.#arena.tensor({ name, shape, per: 'image', count: this.#batchSize, ...options });
  }

  /**
   * Allocates a tensor with an item for each task, such as the sum over the task's images, or for each of `count` groups of tasks.
   */
  perTask(name: string, shape: Shape, dtype: Tensor['dtype'] = 'f32', count = TASKS): Tensor {
    return this.#arena.tensor({ name, shape, per: 'task', count, dtype });
  }

  add(op: Op): void {
    this.#ops.push(op);
  }

  /** Adds an operation that runs before all others of a step, because it depends on the parameters only. */
  prologue(op: Op): void {
    this.#prologue.push(op);
  }

  /** Adds an operation that runs after all others of a step, in the order of the calls. */
  epilogue(op: Op): void {
    this.#epilogue.push(op);
  }

  /** Builds one plan. Its steps may change the parameters, so that each step runs the prologue. */
  build(name: string): Plan {
    return this.#planOf(name, [...this.#prologue, ...this.#ops, ...this.#epilogue]);
  }

  /** Builds two plans for constant parameters: `prologue` runs once after they are set, `main` once per batch. */
  buildWithPrologue(name: string): { readonly prologue: Plan; readonly main: Plan } {
    return {
      prologue: this.#planOf(`${name}.prologue`, this.#prologue),
      main: this.#planOf(name, [...this.#ops, ...this.#epilogue]),
    };
  }

  #planOf(name: string, unfused: readonly Op[]): Plan {
    const ops = fuse(unfused);
    return {
      name,
      batchSize: this.#batchSize,
      stages: divideIntoStages(ops),
      // There are at most as many workers as tasks.
      scratch: this.perTask('scratch', [Math.max(0, ...ops.map(scratchBytesOf))], 'u8'),
      steps: this.shared({ name: 'steps', dtype: 'f64', shape: [MAX_STEPS, STEP_FIELDS.length] }),
    };
  }
}
