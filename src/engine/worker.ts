/** The entry point of every worker of a team. */
import { bindOp } from '../kernels/kernel.js';
import { instantiateKernels } from '../kernels/wasm/instantiate.js';
import { wasmKernels } from '../kernels/generated/wasmKernels.js';
import { messageOf } from '../core/errors.js';
import { TensorMemory } from '../plan/memory.js';
import { STEP_FIELDS } from '../plan/steps.js';
import { connectToParent } from '../platform/node.js';
import { Barrier, TeamStopped } from './barrier.js';
import { type BoundStage, bindStages, runStep } from './execute.js';
import type { WorkerResponse, WorkerRequest, WorkerStart } from './messages.js';
import { OwnTasks, SharedTasks } from './tasks.js';

interface LoadedPlan {
  readonly stages: readonly BoundStage[];
  readonly steps: Float64Array;
}

// The main thread is the same program: its messages have these types.
const parent = connectToParent((message) => {
  handle(message as WorkerRequest);
});
const start = parent.data as WorkerStart;
const barrier = new Barrier(start.barrier, start.workers);
const tasks = start.workers === 1 ? new OwnTasks() : new SharedTasks(start.tasks, start.worker);
const kernels = instantiateKernels(start.kernels, start.memory);
const tensors = TensorMemory.over(start.memory.buffer);
const plans = new Map<number, LoadedPlan>();

function handle(request: WorkerRequest): void {
  try {
    if (request.type === 'load') {
      const { plan } = request;
      const stages = bindStages(plan, (op) => bindOp(wasmKernels, op, kernels, plan));
      plans.set(request.id, { stages, steps: tensors.doubles(plan.steps) });
    } else {
      run(request.id, request.steps);
      respond({ type: 'done' });
    }
  } catch (error) {
    // The worker that failed reports its error itself.
    if (!(error instanceof TeamStopped)) respond({ type: 'failed', reason: messageOf(error) });
    barrier.stop();
  }
}

function run(id: number, steps: number): void {
  const plan = plans.get(id);
  if (plan === undefined) throw new Error(`no plan ${String(id)}`);
  const waitAtBarrier = barrier.wait.bind(barrier);
  for (let step = 0; step < steps; step++) {
    const count = plan.steps[step * STEP_FIELDS.length + STEP_FIELDS.indexOf('count')];
    runStep(plan.stages, tasks, step, count, waitAtBarrier);
  }
}

function respond(message: WorkerResponse): void {
  parent.post(message);
}
