/** Loads a data set on a thread of its own, since that takes seconds, and hands it over. */
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../core/errors.js';
import { type DatasetRequest, loadDataset } from '../data/load.js';
import type { LoadAnswer } from './datasets.js';

const answer = await loadDataset(workerData as DatasetRequest).then(
  (dataset): LoadAnswer => ({ dataset }),
  (error: unknown): LoadAnswer => ({ problem: messageOf(error) }),
);
parentPort?.postMessage(answer);
