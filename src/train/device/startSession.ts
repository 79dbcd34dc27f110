import type { SessionOptions } from '../plans/sessionPlans.js';
import { Session } from '../session.js';
import type { DeviceRequest, StartedSession } from './startedSession.js';

/**
 * Starts a session on the device of a configuration.
 *
 * @throws {InklingError} when model and data set do not fit together, or the memory cannot be allocated
 * @throws {MachineError} when the GPU cannot be used, and only it is allowed
 */
export async function startSession(
  options: SessionOptions,
  { device, before }: DeviceRequest,
): Promise<StartedSession> {
  if (device === 'cpu') return { session: await Session.start(options) };
  // Few programs need it.
  const { startOnDevice } = await import('./startOnDevice.js');
  return startOnDevice(options, { device, before });
}
