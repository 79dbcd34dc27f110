import type { DatasetRequest } from '../../../data/datasetRequest.js';

/** How a worker gets trials and trains them. */
export interface WorkerOptions extends Pick<DatasetRequest, 'onProgress' | 'onDecode'> {
  /** Redis or Valkey, as for the sweep. */
  readonly url: string;
  /** Where data sets are, instead of where they are on the machine of the sweep. */
  readonly dataDir?: string | undefined;
  /** The folder with the folders of sweeps, if this machine sees the one of the machine that conducts them. */
  readonly store?: string | undefined;
  /** The number of threads. Default: as the sweep states, or one per core. */
  readonly threads?: number | undefined;
  /** Ends the worker; its trial goes to another one. */
  readonly signal: AbortSignal;
  /** Receives a line about whatever happens. */
  readonly notify: (line: string) => void;
  /** Receives how each trial has ended. */
  readonly onTrial?: (trial: {
    readonly sweep: string;
    readonly trial: string;
    readonly state: string;
  }) => void;
  /** For tests, in milliseconds. */
  readonly times?: { readonly lockMs: number; readonly stalledMs: number; readonly silenceMs?: number };
}
