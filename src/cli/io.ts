import type { DatasetRequest } from '../data/datasetRequest.js';
import type { Dataset } from '../data/dataset.js';
import type { Environment } from '../data/files/locate.js';

/** Where text goes: a terminal, a pipe or a file. */
export type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** A command's access to the outside world, which tests replace. */
export interface Io {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: Environment;
  /** Runs a task that needs an orderly end. Its signal aborts when the user interrupts the command. */
  readonly interruptible: <T>(task: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  /** Opens a file in the user's default application. */
  readonly open: (path: string) => Promise<void>;
  readonly loadDataset: (request: DatasetRequest) => Promise<Dataset>;
}

/** The width of a stream that does not report one. */
const DEFAULT_COLUMNS = 80;

export function columnsOf({ columns = DEFAULT_COLUMNS }: Stream): number {
  return columns;
}

/** Whether a stream is a terminal that supports cursor movement. */
export function isLive(stream: Stream, environment: Environment): boolean {
  return stream.isTTY === true && environment.TERM !== 'dumb';
}
