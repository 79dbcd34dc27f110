/** Every `ErrorCode`. */
export const ERROR_CODES = [
  'failed',
  'usage',
  'invalid-input',
  'unsupported',
  'fetch',
  'machine',
  'busy',
  'diverged',
  'closed',
] as const;

/** What kind of failure an error reports, for programs; docs/library.md lists the classes with their codes. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * An error whose message is meant for users: it states what failed, what was expected, what was received and what to do. The
 * command line prints only the message, without a stack trace, and exits with code 1.
 */
export class InklingError extends Error {
  override name = 'InklingError';
  /** Remains the same when the message is rephrased. */
  readonly code: ErrorCode = 'failed';
}

/** A class of errors with a message. */
export type ErrorClass = new (message: string) => InklingError;

/** Incorrect usage: an unknown name, flag or value. The command line exits with code 2. */
export class UsageError extends InklingError {
  override name = 'UsageError';
  override readonly code: ErrorCode = 'usage';
}

/** Pixels, or an image, that a model cannot take. */
export class InvalidInputError extends InklingError {
  override name = 'InvalidInputError';
  override readonly code: ErrorCode = 'invalid-input';
}

/** What this runtime cannot do, such as decoding image files. */
export class UnsupportedError extends InklingError {
  override name = 'UnsupportedError';
  override readonly code: ErrorCode = 'unsupported';
}

/** A file that could not be fetched over HTTP. */
export class FetchError extends InklingError {
  override name = 'FetchError';
  override readonly code: ErrorCode = 'fetch';
  /** The status of the response; undefined if there was none. */
  readonly status: number | undefined;

  constructor(message: string, options?: ErrorOptions & { readonly status?: number }) {
    super(message, options);
    this.status = options?.status;
  }
}

/** A failure of the machine, such as insufficient memory: the input may be valid, and trying again may help. */
export class MachineError extends InklingError {
  override name = 'MachineError';
  override readonly code: ErrorCode = 'machine';
}

/** Too many requests wait already; trying again later helps. */
export class BusyError extends InklingError {
  override name = 'BusyError';
  override readonly code: ErrorCode = 'busy';
}

/** The loss became infinite or NaN. */
export class DivergedError extends InklingError {
  override name = 'DivergedError';
  override readonly code: ErrorCode = 'diverged';
}

/** A classifier, model, or engine that was closed is used. */
export class ClosedError extends InklingError {
  override name = 'ClosedError';
  override readonly code: ErrorCode = 'closed';
}

/** The message of a thrown value of any type. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
