/** Replaces `startSession.ts` in bundles for browsers, where only workers train on a GPU: few pages need what they load for it. */
import { MachineError } from '../../core/errors.js';
import type { SessionOptions } from '../plans/sessionPlans.js';
import { Session } from '../session.js';
import type { DeviceRequest, StartedSession } from './startedSession.js';

const PROBLEM = 'a GPU needs workers, which this page may not start';

export async function startSession(
  options: SessionOptions,
  { device }: DeviceRequest,
): Promise<StartedSession> {
  if (device === 'gpu') throw new MachineError(`GPU: ${PROBLEM}; use the option device cpu`);
  const session = await Session.start(options);
  return device === 'cpu'
    ? { session }
    : { session, device: { kind: 'cpu' }, text: `Device: CPU: ${PROBLEM}.` };
}
