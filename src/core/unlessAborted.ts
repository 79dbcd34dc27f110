/** The result of an action; undefined if it failed after the signal was aborted. */
export async function unlessAborted<Result>(
  signal: AbortSignal | undefined,
  action: Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await action;
  } catch (error) {
    if (signal?.aborted === true) return undefined;
    throw error;
  }
}
