/** Replaces `startSession.ts` in the script of workers, which train on the processor; those that train on a GPU have another script. */
import type { Config } from '../config.js';
import type { SessionOptions } from '../plans/sessionPlans.js';
import { Session } from '../session.js';
import type { TrainingHooks } from '../trainingHooks.js';
import { engineInfoOf } from './engineInfoOf.js';

export async function startSession(
  options: SessionOptions,
  _: Pick<Config, 'device'>,
  { onStart }: TrainingHooks,
): Promise<Session> {
  const session = await Session.start(options);
  onStart?.(engineInfoOf(session));
  return session;
}
