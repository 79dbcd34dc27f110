import { makeSessionPlans, type SessionPlanOptions, type SessionPlans } from './sessionPlans.js';

/**
 * Plans what a session runs.
 *
 * @throws {MemoryError} when it does not fit into memory
 */
export function planSession(options: SessionPlanOptions): Promise<SessionPlans> {
  return Promise.resolve(makeSessionPlans(options));
}
