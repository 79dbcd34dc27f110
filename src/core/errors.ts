/**
 * An error whose message is meant for the person at the keyboard: who failed, what was expected, what came, what to
 * do. The command line prints such a message alone, without a stack trace, and exits with 1.
 */
export class InklingError extends Error {
  override name = 'InklingError';
}

/** Wrong usage: an unknown name, flag or value. The command line exits with 2. */
export class UsageError extends InklingError {
  override name = 'UsageError';
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
