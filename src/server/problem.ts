import type { FastifyReply } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { InklingError } from '../core/errors.js';

/** What the body of an answer that is an error says it is; RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json';

/** An error that a client is told, with the status of its answer. */
export class Problem extends InklingError {
  override name = 'Problem';
  readonly statusCode: number;
  /** When it is worth to ask again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(statusCode: number, detail: string, retryAfterSeconds?: number) {
    super(detail);
    this.statusCode = statusCode;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Answers with a problem; see `problemBody`. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { statusCode, retryAfterSeconds } = problem;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply.code(statusCode).type(PROBLEM_TYPE).send(problemBody(problem).body);
}

/** The body `{ type, title, status, detail }`, and what is in the first line of an answer. */
export function problemBody({ statusCode: status, message }: Problem) {
  const title = STATUS_CODES[status] ?? 'Error';
  return { status, title, body: JSON.stringify({ type: 'about:blank', title, status, detail: message }) };
}

/** Fastify's own errors, such as a body that is too large, carry the status they stand for. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  const isClients =
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode >= 400;
  return isClients ? new Problem(Number(error.statusCode), oneLine(error.message)) : undefined;
}

export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
