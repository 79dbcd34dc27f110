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
  // Bundlers may rename classes, but not the names of their errors.
  const errors = CLASSES.map((each) => new each(message));
  return errors.find((error) => error.name === name) ?? new Error(message);
}
