import type { EventEmitter } from 'node:events';
import { Problem } from './problem.js';

/** Nobody receives this status, but metrics count it. Source: nginx. */
const CLIENT_CLOSED_REQUEST = 499;

/** Why work for a client is abandoned. */
export function clientGone(): Problem {
  return new Problem(CLIENT_CLOSED_REQUEST, 'the client has disconnected');
}

/** A signal that aborts when a client disconnects, or its response has been sent. */
export function untilClosed(response: EventEmitter): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    controller.abort(clientGone());
  });
  return controller.signal;
}
