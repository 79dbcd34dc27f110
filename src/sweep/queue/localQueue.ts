import { threadsOf } from '../parallelism.js';
import { inProcessQueue, type SharedExecution } from './inProcessQueue.js';
import { processQueue } from './processQueue.js';
import type { TrialQueue } from './trialQueue.js';

/** Opens a queue for trials that are to be trained elsewhere. */
export type OpenQueue = (execution: SharedExecution) => Promise<TrialQueue>;

/**
 * Trains trials on this machine.
 *
 * @param parallel how many at the same time; if several, each by a process that loads the images itself
 */
export function localQueue(execution: SharedExecution, parallel: number): TrialQueue {
  if (parallel === 1) return inProcessQueue(execution);
  return processQueue({ ...execution, processes: parallel, threads: threadsOf(parallel) });
}
