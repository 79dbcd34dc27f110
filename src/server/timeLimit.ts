import type { EventEmitter } from 'node:events';
import { clientGone } from './clientGone.js';
import { Problem } from './problem.js';

const RETRY_SECONDS = 5;

/**
 * Runs a task with a time limit. Fastify's `handlerTimeout` does not work for this: its signal aborts, and its timer stops, as
 * soon as the body of a request has arrived (https://github.com/fastify/fastify/pull/6725).
 *
 * @param response the response that the task is for
 * @param task receives a signal that aborts when the time is up, or the client has disconnected
 * @throws {Problem} 503 when the time is up
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  response: EventEmitter,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const abandon = () => {
    controller.abort(clientGone());
  };
  response.once('close', abandon);
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const problem = new Problem(
        503,
        `the request takes longer than ${milliseconds / 1000} s; try again in ${RETRY_SECONDS} s`,
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
    response.off('close', abandon);
  }
}
