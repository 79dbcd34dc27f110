/**
 * Preloaded into `inkling train`: says when the workers are told to train for the first time, and ends the process there. It
 * loads nothing that would count as part of the start.
 */
import { Worker } from 'node:worker_threads';
import type { WorkerRequest } from '#inkling/engine/messages.js';

const postMessage: (this: Worker, order: WorkerRequest) => void = Reflect.get(
  Worker.prototype,
  'postMessage',
);

Worker.prototype.postMessage = function (order: WorkerRequest) {
  // What runs before, to prepare the network, is of one step.
  if (order.type === 'run' && order.steps > 1) {
    process.stdout.write(JSON.stringify({ began: performance.timeOrigin + performance.now() }));
    process.exit(0);
  }
  postMessage.call(this, order);
};
