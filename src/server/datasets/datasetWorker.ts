/** Loads a data set in a worker thread, since that takes seconds, and transfers it to the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../core/errors.js';
import type { DatasetRequest } from '../../data/datasetRequest.js';
import { loadDataset } from '../../data/load.js';
import { type DatasetMessage, encodeDataset } from './datasetMessage.js';

/** Smaller buffers may be shared with others, so that they are copied. */
const MIN_BYTES = 65_536;

/** The message of the worker. */
export type LoadResponse = { readonly dataset: DatasetMessage } | { readonly problem: string };

const response = await loadDataset(workerData as DatasetRequest)
  .then(encodeDataset)
  .then(
    (dataset): LoadResponse => ({ dataset }),
    (error: unknown): LoadResponse => ({ problem: messageOf(error) }),
  );
parentPort?.postMessage(response, 'dataset' in response ? buffersOf(response.dataset) : []);

/** The memory of the images, which moves to the server instead of being copied. */
function buffersOf({ train, test }: DatasetMessage): ArrayBuffer[] {
  const inMemory = [train.images, test.images].filter((images) => images instanceof Uint8Array);
  const buffers = new Set(inMemory.map(({ buffer }) => buffer));
  return [...buffers].filter(
    (buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer && buffer.byteLength > MIN_BYTES,
  );
}
