/** Replaces `planSession.ts` in the script of workers, for which the page plans. */
import { requestPlans } from '../../plan/requestPlans.js';
import type { SessionPlanOptions, SessionPlans } from './sessionPlans.js';

export async function planSession(options: SessionPlanOptions): Promise<SessionPlans> {
  return (await requestPlans('session', options)) as SessionPlans;
}
