import { threadsUnavailable } from '../../platform/host.js';
import type { Session } from '../session.js';
import type { EngineInfo } from '../trainingHooks.js';
import type { ChosenDevice } from './chosenDevice.js';

/** @param device undefined if the setting `device` is `cpu` */
export function engineInfoOf({ threads, simd }: Session, device?: ChosenDevice): EngineInfo {
  return { threads, simd, device, limitation: threadsUnavailable() };
}
