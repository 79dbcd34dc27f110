/** Loads a data set in a worker thread, since that takes seconds, and transfers it to the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../core/errors.js';
import { type DatasetRequest, loadDataset } from '../data/load.js';
import type { LoadResponse } from './datasetStore.js';

const response = await loadDataset(workerData as DatasetRequest).then(
  (dataset): LoadResponse => ({ dataset }),
  (error: unknown): LoadResponse => ({ problem: messageOf(error) }),
);
parentPort?.postMessage(response);
