import { ClosedError, InklingError } from '../core/errors.js';
import { type Arrays, TensorMemory } from '../plan/memory.js';
import type { Plan } from '../plan/plan.js';
import { type Step, writeSteps } from '../plan/steps.js';
import type { DType, Tensor } from '../plan/tensor.js';
import { type CompiledKernels, type Simd, startWorker, type WorkerHandle } from '../platform/host.js';
import { Barrier } from './barrier.js';
import { checkSteps } from './checkSteps.js';
import type { Engine } from './engine.js';
import { kernelsForHost } from './kernels.js';
import { allocateMemory } from './memory.js';
import type { WorkerResponse, WorkerRequest, WorkerStart } from './messages.js';
import { TEAM_WORKER } from './program.js';
import { SharedTasks } from './tasks.js';

interface Run {
  remaining: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Worker threads that run plans on shared memory. The thread that owns a team waits for messages only, so it stays
 * responsive while the team computes.
 */
export class Team implements Engine {
  readonly threads: number;
  /** Which build of the kernels the host can run. */
  readonly simd: Simd;
  readonly isQueue = false;
  /** The tensors of the team's plans; while one runs, only elements that it does not use may be read or written. */
  readonly tensors: TensorMemory<Float32Array>;
  readonly #barrier: SharedArrayBuffer;
  readonly #workers: readonly WorkerHandle[];
  readonly #plans = new Map<Plan, number>();
  #run: Run | undefined;
  #failure: InklingError | undefined;

  private constructor(threads: number, kernels: CompiledKernels, memory: WebAssembly.Memory) {
    this.threads = threads;
    this.simd = kernels.simd;
    this.tensors = TensorMemory.over(memory.buffer);
    this.#barrier = Barrier.allocate();
    const tasks = SharedTasks.allocate(threads);
    this.#workers = Array.from({ length: threads }, (_, worker) => {
      const start: WorkerStart = { kernels, memory, barrier: this.#barrier, tasks, worker, workers: threads };
      return startWorker(TEAM_WORKER, start, {
        // The worker is the same program: its messages have this type.
        onMessage: (message) => {
          this.#onMessage(message as WorkerResponse);
        },
        onFailure: (reason) => {
          this.#fail(reason);
        },
      });
    });
  }

  /**
   * @param threads the number of workers, at least 1
   * @param memoryBytes the size of its plans' arena
   * @throws {InklingError} when the memory cannot be allocated
   */
  static async start(threads: number, memoryBytes: number): Promise<Team> {
    if (!Number.isInteger(threads) || threads < 1) {
      throw new InklingError(
        `engine: expected at least 1 thread, got ${String(threads)}; omit threads to use all cores`,
      );
    }
    return new Team(threads, await kernelsForHost(), allocateMemory(memoryBytes));
  }

  load(plan: Plan): Promise<void> {
    this.#idOf(plan);
    return Promise.resolve();
  }

  write(tensor: Tensor, values: ArrayLike<number>, start = 0): void {
    this.tensors.write(tensor, values, start);
  }

  read<Type extends DType>(
    tensor: Tensor,
    dtype: Type,
    length?: number,
  ): Promise<Arrays<Float32Array>[Type]> {
    return Promise.resolve(this.tensors.read(tensor, dtype, length));
  }

  /** After a worker has failed, every run is rejected. */
  async run(plan: Plan, steps: readonly Step[]): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#run !== undefined) throw new Error('the team runs one plan at a time');
    checkSteps(plan, steps);
    writeSteps(this.tensors.doubles(plan.steps), steps);
    await new Promise<void>((resolve, reject) => {
      this.#run = { remaining: this.#workers.length, resolve, reject };
      this.#send({ type: 'run', id: this.#idOf(plan), steps: steps.length });
    });
  }

  /** Terminates the workers; a run in progress is rejected. */
  async close(): Promise<void> {
    this.#failure ??= new ClosedError('engine: the worker team was closed');
    this.#run?.reject(this.#failure);
    this.#run = undefined;
    new Barrier(this.#barrier, this.threads).stop();
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #idOf(plan: Plan): number {
    const known = this.#plans.get(plan);
    if (known !== undefined) return known;
    const id = this.#plans.size;
    this.#plans.set(plan, id);
    this.#send({ type: 'load', id, plan });
    return id;
  }

  #send(request: WorkerRequest): void {
    for (const worker of this.#workers) worker.post(request);
  }

  #onMessage(response: WorkerResponse): void {
    if (response.type === 'failed') {
      this.#fail(response.reason);
    } else if (this.#run !== undefined && --this.#run.remaining === 0) {
      const { resolve } = this.#run;
      this.#run = undefined;
      resolve();
    }
  }

  #fail(reason: string): void {
    this.#failure ??= new InklingError(`engine: a worker failed: ${reason}`);
    void this.close();
  }
}
