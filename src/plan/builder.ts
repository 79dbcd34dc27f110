import type { Pair, Shape } from '../core/shape.js';
import type { Arena, TensorRequest } from './arena.js';
import { fuse } from './fuse.js';
import type { Op } from './ops.js';
import { cutIntoStages, type Plan, TASKS } from './plan.js';
import { MAX_STEPS, STEP_FIELDS } from './steps.js';
import type { Tensor } from './tensor.js';
import { scratchBytesOf } from './winograd.js';

/** Collects the operations and tensors of one plan. */
export class PlanBuilder {
  readonly #arena: Arena;
  readonly #batchSize: number;
  readonly #preparation: Op[] = [];
  readonly #ops: Op[] = [];
  readonly #completion: Op[] = [];

  constructor(arena: Arena, batchSize: number) {
    this.#arena = arena;
    this.#batchSize = batchSize;
  }

  /** A tensor that the whole plan shares. */
  shared(request: TensorRequest): Tensor {
    return this.#arena.tensor(request);
  }

  /** A tensor with an item for each image of the batch. */
  perImage(name: string, shape: Shape, options: { halo?: Pair; dtype?: Tensor['dtype'] } = {}): Tensor {
    return this.#arena.tensor({ name, shape, per: 'image', count: this.#batchSize, ...options });
  }

  /** A tensor with an item for each task: what a task summed up over its items. */
  perTask(name: string, shape: Shape, dtype: Tensor['dtype'] = 'f32'): Tensor {
    return this.#arena.tensor({ name, shape, per: 'task', count: TASKS, dtype });
  }

  add(op: Op): void {
    this.#ops.push(op);
  }

  /** Adds an operation that runs before all others of a step, because it needs the parameters alone. */
  prologue(op: Op): void {
    this.#preparation.push(op);
  }

  /** Adds an operation that runs after all others of a step, in the order of the calls. */
  epilogue(op: Op): void {
    this.#completion.push(op);
  }

  /** One plan, whose steps may change the parameters: each runs the prologue again. */
  build(name: string): Plan {
    return this.#planOf(name, [...this.#preparation, ...this.#ops, ...this.#completion]);
  }

  /** Two plans for parameters that stay as they are: `prologue` runs once after they are set, `main` for each batch. */
  buildWithPrologue(name: string): { readonly prologue: Plan; readonly main: Plan } {
    return {
      prologue: this.#planOf(`${name}.prologue`, this.#preparation),
      main: this.#planOf(name, [...this.#ops, ...this.#completion]),
    };
  }

  #planOf(name: string, unfused: readonly Op[]): Plan {
    const ops = fuse(unfused);
    return {
      name,
      batchSize: this.#batchSize,
      stages: cutIntoStages(ops),
      // Workers are as many as tasks, at most.
      scratch: this.perTask('scratch', [Math.max(0, ...ops.map(scratchBytesOf))], 'u8'),
      steps: this.shared({ name: 'steps', dtype: 'f64', shape: [MAX_STEPS, STEP_FIELDS.length] }),
    };
  }
}
