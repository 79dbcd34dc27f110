/** Replaces `program.ts` in bundles for browsers. */
import type { WorkerProgram } from '../platform/host.js';

/** The program of a team's workers, in the worker script. */
export const TEAM_WORKER: WorkerProgram = 'team';
