/** Replaces `startSession.ts` in bundles for browsers, where only workers train on a GPU: few pages need what they load for it. */
import { MachineError } from '../../core/errors.js';
import type { SessionOptions } from '../plans/sessionPlans.js';
import { Session } from '../session.js';
import type { DeviceRequest, StartedSession } from './startedSession.js';

export async function startSession(
  options: SessionOptions,
  { device }: DeviceRequest,
): Promise<StartedSession> {
  if (device === 'cpu') return { session: await Session.start(options) };
  throw new MachineError(
    'GPU: a GPU needs workers, which this page may not start; use the option device cpu',
  );
}
