import { messageOf } from '../core/errors.js';
import { wasmKernels } from '../kernels/generated/wasmKernels.js';
import { bindOp } from '../kernels/kernel.js';
import { instantiateKernels } from '../kernels/wasm/instantiate.js';
import { TensorMemory } from '../plan/memory.js';
import { STEP_FIELDS } from '../plan/steps.js';
import { Barrier, TeamStopped } from './barrier.js';
import { type BoundStage, bindStages, runStep } from './execute.js';
import type { WorkerResponse, WorkerRequest, WorkerStart } from './messages.js';
import { OwnTasks, SharedTasks } from './tasks.js';

interface LoadedPlan {
  readonly stages: readonly BoundStage[];
  readonly steps: Float64Array;
}

/** The program of a team's workers; see `connectToParent`. */
export function startTeamWorker(
  data: unknown,
  post: (message: WorkerResponse) => void,
): (message: unknown) => void {
  // The thread that started the worker is the same program: its data and messages have these types.
  const start = data as WorkerStart;
  const barrier = new Barrier(start.barrier, start.workers);
  const waitAtBarrier = barrier.wait.bind(barrier);
  const tasks = start.workers === 1 ? new OwnTasks() : new SharedTasks(start.tasks, start.worker);
  const kernels = instantiateKernels(start.kernels, start.memory, wasmKernels);
  const tensors = TensorMemory.over(start.memory.buffer);
  const plans = new Map<number, LoadedPlan>();

  function run(id: number, steps: number): void {
    const plan = plans.get(id);
    if (plan === undefined) throw new Error(`no plan ${String(id)}`);
    for (let step = 0; step < steps; step++) {
      const count = plan.steps[step * STEP_FIELDS.length + STEP_FIELDS.indexOf('count')];
      runStep(plan.stages, tasks, step, count, waitAtBarrier);
    }
  }

  return (message) => {
    const request = message as WorkerRequest;
    try {
      if (request.type === 'load') {
        const { plan } = request;
        const stages = bindStages(plan, (op) => bindOp(wasmKernels.bindings, op, kernels, plan));
        plans.set(request.id, { stages, steps: tensors.doubles(plan.steps) });
      } else {
        run(request.id, request.steps);
        post({ type: 'done' });
      }
    } catch (error) {
      // The worker that failed reports its error itself.
      if (!(error instanceof TeamStopped)) post({ type: 'failed', reason: messageOf(error) });
      barrier.stop();
    }
  };
}
