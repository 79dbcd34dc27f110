import type { WorkerProgram } from '../platform/host.js';

/** The program of a team's workers. */
export const TEAM_WORKER: WorkerProgram = new URL('./worker.js', import.meta.url);
