import type { Finding } from './judge.js';

/** Positions in the memory that the worker shares: the current input, and how many were read and accepted. */
export const [CURRENT, READ, ACCEPTED, STATE_SIZE] = [0, 1, 2, 3];

export interface WorkerTask {
  readonly target: string;
  readonly seed: number;
  readonly state: Int32Array<SharedArrayBuffer>;
  /** The first input. */
  readonly from: number;
  /** The input after the last one. */
  readonly to: number;
}

export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'finding'; readonly finding: Finding }
  | { readonly type: 'done' };
