/** Replaces `startSession.ts` in the script of workers, which train on the processor; those that train on a GPU have another script. */
import type { SessionOptions } from '../plans/sessionPlans.js';
import { Session } from '../session.js';
import type { StartedSession } from './startedSession.js';

export async function startSession(options: SessionOptions): Promise<StartedSession> {
  return { session: await Session.start(options) };
}
