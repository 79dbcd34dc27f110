/** Loads a data set on a thread of its own, since that takes seconds, and hands it over. */
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../core/errors.js';
import { type DatasetRequest, loadDataset } from '../data/load.js';
import type { LoadResponse } from './datasetStore.js';

const answer = await loadDataset(workerData as DatasetRequest).then(
  (dataset): LoadResponse => ({ dataset }),
  (error: unknown): LoadResponse => ({ problem: messageOf(error) }),
);
parentPort?.postMessage(answer);
