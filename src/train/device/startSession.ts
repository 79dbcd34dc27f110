import type { Config } from '../config.js';
import type { SessionOptions } from '../plans/sessionPlans.js';
import { Session } from '../session.js';
import type { TrainingHooks } from '../trainingHooks.js';
import { engineInfoOf } from './engineInfoOf.js';

/**
 * Starts a session on the device of a configuration, and reports which one that is.
 *
 * @throws {InklingError} when model and data set do not fit together, or the memory cannot be allocated
 * @throws {MachineError} when the GPU cannot be used, and only it is allowed
 */
export async function startSession(
  options: SessionOptions,
  { device: asked }: Pick<Config, 'device'>,
  { onStart, onEvent }: TrainingHooks,
): Promise<Session> {
  if (asked === 'cpu') {
    const session = await Session.start(options);
    onStart?.(engineInfoOf(session));
    return session;
  }
  // Few programs need it.
  const { startOnDevice } = await import('./startOnDevice.js');
  const { session, device, text } = await startOnDevice(options, asked);
  onEvent?.({ type: 'notice', text });
  onStart?.(engineInfoOf(session, device));
  return session;
}
