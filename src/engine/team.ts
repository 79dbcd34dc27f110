import { InklingError, messageOf } from '../core/errors.js';
import { TensorMemory } from '../plan/memory.js';
import type { Plan } from '../plan/plan.js';
import { type Step, writeSteps } from '../plan/steps.js';
import { compileKernels, type Simd, startWorker, type WorkerHandle } from '../platform/node.js';
import { Barrier } from './barrier.js';
import type { Answer, Order, WorkerStart } from './messages.js';

const PAGE_BYTES = 65536;

interface Run {
  remaining: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Worker threads that run plans on one shared memory. The thread that owns a team only waits for messages, so that it
 * stays free while the team works.
 */
export class Team {
  readonly threads: number;
  /** Which build of the kernels the host can run. */
  readonly simd: Simd;
  /** The tensors of the team's plans. To be read and written only while no plan runs. */
  readonly tensors: TensorMemory<Float32Array>;
  readonly #barrier: SharedArrayBuffer;
  readonly #workers: readonly WorkerHandle[];
  #plans = 0;
  #run: Run | undefined;
  #failure: InklingError | undefined;

  private constructor(threads: number, simd: Simd, module: WebAssembly.Module, memory: WebAssembly.Memory) {
    this.threads = threads;
    this.simd = simd;
    this.tensors = TensorMemory.over(memory.buffer);
    this.#barrier = Barrier.allocate();
    this.#workers = Array.from({ length: threads }, (_, worker) => {
      const start: WorkerStart = { module, memory, barrier: this.#barrier, worker, workers: threads };
      return startWorker(start, {
        // The worker is the same program: its messages have this type.
        onMessage: (message) => {
          this.#hear(message as Answer);
        },
        onFailure: (reason) => {
          this.#fail(reason);
        },
      });
    });
  }

  /**
   * @param threads how many workers, at least 1
   * @param memoryBytes what the arena of its plans asks for
   */
  static async start(threads: number, memoryBytes: number): Promise<Team> {
    const { module, simd } = await compileKernels();
    const pages = Math.ceil(memoryBytes / PAGE_BYTES);
    return new Team(threads, simd, module, newMemory(pages));
  }

  /** Makes a plan known to the workers; returns what `run` asks for. */
  load(plan: Plan): LoadedPlan {
    const id = this.#plans++;
    this.#order({ type: 'load', id, plan });
    return { id, plan };
  }

  /**
   * Runs a plan once for each step, in order.
   *
   * @throws {InklingError} when a worker fails; the team is then of no more use
   */
  async run({ id, plan }: LoadedPlan, steps: readonly Step[]): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#run !== undefined) throw new Error('the team runs one plan at a time');
    writeSteps(this.tensors.doubles(plan.steps), steps);
    await new Promise<void>((resolve, reject) => {
      this.#run = { remaining: this.#workers.length, resolve, reject };
      this.#order({ type: 'run', id, steps: steps.length });
    });
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    this.#failure ??= new InklingError('engine: the team was closed');
    new Barrier(this.#barrier, this.threads).stop();
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #order(order: Order): void {
    for (const worker of this.#workers) worker.post(order);
  }

  #hear(answer: Answer): void {
    if (answer.type === 'failed') {
      this.#fail(answer.reason);
    } else if (this.#run !== undefined && --this.#run.remaining === 0) {
      const { resolve } = this.#run;
      this.#run = undefined;
      resolve();
    }
  }

  #fail(reason: string): void {
    this.#failure ??= new InklingError(`engine: a worker failed: ${reason}`);
    this.#run?.reject(this.#failure);
    this.#run = undefined;
    void this.close();
  }
}

/** A plan that a team knows. */
export interface LoadedPlan {
  readonly id: number;
  readonly plan: Plan;
}

function newMemory(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (error) {
    const megabytes = Math.ceil((pages * PAGE_BYTES) / 2 ** 20);
    throw new InklingError(
      `engine: no ${String(megabytes)} MiB of memory to be had (${messageOf(error)}); ` +
        'use a smaller batch size, model or data set',
    );
  }
}
