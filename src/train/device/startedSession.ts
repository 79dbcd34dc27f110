import type { Config } from '../config.js';
import type { Session } from '../session.js';
import type { ChosenDevice } from './chosenDevice.js';

/** What should train. */
export interface DeviceRequest extends Pick<Config, 'device'> {
  /** What has trained until now, if training is resumed; `auto` means it then. */
  readonly before?: ChosenDevice | undefined;
}

/** A session, and what trains it. */
export interface StartedSession {
  readonly session: Session;
  /** Undefined if the setting `device` is `cpu`. */
  readonly device?: ChosenDevice;
  /** Which device trains, and why, in one line. */
  readonly text?: string;
}
