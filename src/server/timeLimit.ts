import { Problem } from './problem.js';

const RETRY_SECONDS = 5;

/**
 * Does a task, but waits for no longer than a time. Fastify's `handlerTimeout` is no help: its signal aborts, and its timer
 * stops, as soon as the body of a request has arrived (https://github.com/fastify/fastify/pull/6725).
 *
 * @param task gets a signal that aborts when its time is over
 * @throws {Problem} 503 when its time is over
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const problem = new Problem(
        503,
        `the answer takes longer than ${milliseconds / 1000} s; ask again later`,
        RETRY_SECONDS,
      );
      controller.abort(problem);
      reject(problem);
    }, milliseconds);
  });
  try {
    return await Promise.race([task(controller.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
