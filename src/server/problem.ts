import type { FastifyReply } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { InklingError } from '../core/errors.js';

/** Content type of every error response (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** An error that is reported to the client, with its HTTP status code. */
export class Problem extends InklingError {
  override name = 'Problem';
  readonly statusCode: number;
  /** Sent as the `Retry-After` header. */
  readonly retryAfterSeconds: number | undefined;

  constructor(statusCode: number, detail: string, retryAfterSeconds?: number) {
    super(detail);
    this.statusCode = statusCode;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Sends an error response; see `problemBody`. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { statusCode, retryAfterSeconds } = problem;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply.code(statusCode).type(PROBLEM_TYPE).send(problemBody(problem).body);
}

/** The response body `{ type, title, status, detail }`, with the parts of the status line. */
export function problemBody({ statusCode: status, message }: Problem) {
  const title = STATUS_CODES[status] ?? 'Error';
  return { status, title, body: JSON.stringify({ type: 'about:blank', title, status, detail: message }) };
}

/** The error as a problem, or undefined for an internal error. Fastify's errors, such as a body that is too large, have a status. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  const hasErrorStatus =
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode >= 400;
  return hasErrorStatus ? new Problem(Number(error.statusCode), oneLine(error.message)) : undefined;
}

export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
