import type { FastifyReply } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { type ErrorCode, InklingError } from '../core/errors.js';
import { unknownName } from '../core/suggest.js';

/** Content type of every error response (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** An error that is reported to the client, with its HTTP status code. */
export class Problem extends InklingError {
  override name = 'Problem';
  override readonly code: ErrorCode;
  readonly statusCode: number;
  /** Sent as the `Retry-After` header. */
  readonly retryAfterSeconds: number | undefined;

  /** @param code by default that of most problems with this status */
  constructor(
    statusCode: number,
    detail: string,
    retryAfterSeconds?: number,
    code: ErrorCode = codeOfStatus(statusCode, retryAfterSeconds),
  ) {
    super(detail);
    this.code = code;
    this.statusCode = statusCode;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The number of characters of a name in a URL or body that an error shows. */
const MAX_SHOWN = 64;

/**
 * 404 for a name that does not exist.
 *
 * @param advice where the names are listed
 */
export function unknownNameProblem(
  what: string,
  name: string,
  known: readonly string[],
  advice: string,
): Problem {
  return new Problem(404, unknownName(what, name.slice(0, MAX_SHOWN), known, advice));
}

/**
 * Rejects an object with other keys than those of its schema.
 *
 * @throws {Problem} with this status
 */
export function rejectUnknownKeys(
  status: number,
  where: string,
  value: unknown,
  schema: { readonly shape: object },
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const known = Object.keys(schema.shape);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new Problem(status, `${where}: ${unknownName('name', unknown.slice(0, MAX_SHOWN), known)}`);
}

function codeOfStatus(statusCode: number, retryAfterSeconds: number | undefined): ErrorCode {
  if (statusCode === 422) return 'invalid-input';
  if (retryAfterSeconds !== undefined) return 'busy';
  return statusCode < 500 ? 'usage' : 'failed';
}

/** Sends an error response; see `problemBody`. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { statusCode, retryAfterSeconds } = problem;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply.code(statusCode).type(PROBLEM_TYPE).send(problemBody(problem).body);
}

/** The response body `{ type, title, status, detail, code }`, with the parts of the status line. */
export function problemBody({ statusCode: status, message: detail, code }: Problem) {
  const title = STATUS_CODES[status] ?? 'Error';
  return { status, title, body: JSON.stringify({ type: 'about:blank', title, status, detail, code }) };
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
