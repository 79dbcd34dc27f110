import {
  BusyError,
  ClosedError,
  DivergedError,
  InklingError,
  InvalidInputError,
  MachineError,
  messageOf,
  UnsupportedError,
  UsageError,
} from '../core/errors.js';
import { MemoryError } from '../plan/arena.js';

/** What threads send instead of an error, since messages between them lose its class. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
}

const CLASSES = [
  UsageError,
  InvalidInputError,
  UnsupportedError,
  MachineError,
  BusyError,
  DivergedError,
  ClosedError,
  MemoryError,
  InklingError,
];

export function recordOfError(error: unknown): ErrorRecord {
  return { name: error instanceof Error ? error.name : 'Error', message: messageOf(error) };
}

/** An error of the class that the record names. */
export function reviveError({ name, message }: ErrorRecord): Error {
  const known = CLASSES.find((each) => each.name === name);
  return known === undefined ? new Error(message) : new known(message);
}
