/**
 * Preloaded into `inkling train`: prints when the workers receive the first training request, and then ends the process. It loads
 * no modules, since their loading time would be measured as part of the start.
 */
import { Worker } from 'node:worker_threads';
import type { WorkerRequest } from '#inkling/engine/messages.js';

const postMessage: (this: Worker, request: WorkerRequest) => void = Reflect.get(
  Worker.prototype,
  'postMessage',
);

Worker.prototype.postMessage = function (request: WorkerRequest) {
  // Earlier runs, which prepare the network, have a single step.
  if (request.type === 'run' && request.steps > 1) {
    process.stdout.write(JSON.stringify({ began: performance.timeOrigin + performance.now() }));
    process.exit(0);
  }
  postMessage.call(this, request);
};
