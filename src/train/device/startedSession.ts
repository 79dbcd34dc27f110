import type { Session } from '../session.js';
import type { ChosenDevice } from './chosenDevice.js';

/** A session, and what trains it. */
export interface StartedSession {
  readonly session: Session;
  /** Undefined if the setting `device` is `cpu`. */
  readonly device?: ChosenDevice;
  /** Which device trains, and why, in one line. */
  readonly text?: string;
}
