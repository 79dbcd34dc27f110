/**
 * An error whose message is meant for users: it states what failed, what was expected, what was received and what to do. The
 * command line prints only the message, without a stack trace, and exits with code 1.
 */
export class InklingError extends Error {
  override name = 'InklingError';
}

/** Incorrect usage: an unknown name, flag or value. The command line exits with code 2. */
export class UsageError extends InklingError {
  override name = 'UsageError';
}

/** A failure of the machine, such as insufficient memory: the input may be valid, and trying again may help. */
export class MachineError extends InklingError {
  override name = 'MachineError';
}

/** Too many requests wait already; trying again later helps. */
export class BusyError extends InklingError {
  override name = 'BusyError';
}

/** The message of a thrown value of any type. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
