/** Replaces `startSession.ts` in bundles for browsers, where only workers train on a GPU: few pages need what they load for it. */
import { MachineError } from '../../core/errors.js';
import type { Config } from '../config.js';
import type { SessionOptions } from '../plans/sessionPlans.js';
import { Session } from '../session.js';
import type { TrainingHooks } from '../trainingHooks.js';
import { engineInfoOf } from './engineInfoOf.js';

const PROBLEM = 'only workers train on a GPU, which this page may not start';

export async function startSession(
  options: SessionOptions,
  { device }: Pick<Config, 'device'>,
  { onStart, onEvent }: TrainingHooks,
): Promise<Session> {
  if (device === 'gpu') throw new MachineError(`GPU: ${PROBLEM}; use the device cpu`);
  const session = await Session.start(options);
  if (device === 'auto') onEvent?.({ type: 'notice', text: `Device: CPU: ${PROBLEM}` });
  onStart?.(engineInfoOf(session, device === 'auto' ? { kind: 'cpu' } : undefined));
  return session;
}
