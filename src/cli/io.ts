import type { DatasetRequest } from '../data/load.js';
import type { Dataset } from '../data/dataset.js';
import type { Environment } from '../data/files/locate.js';

/** Where text goes: a terminal, a pipe or a file. */
export type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** All that a command touches of the outside, so that tests can stand in for it. */
export interface Io {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: Environment;
  /** Aborts when the user wants to stop. */
  readonly signal: AbortSignal;
  /** Shows a file in the program that the user opens such files with. */
  readonly open: (path: string) => Promise<void>;
  readonly loadDataset: (request: DatasetRequest) => Promise<Dataset>;
}

/** Columns of a stream that does not say how wide it is. */
const DEFAULT_COLUMNS = 80;

export function columnsOf({ columns = DEFAULT_COLUMNS }: Stream): number {
  return columns;
}

/** Whether a stream can take cursor movements: a terminal, and not one that only prints. */
export function isLive(stream: Stream, environment: Environment): boolean {
  return stream.isTTY === true && environment.TERM !== 'dumb';
}
