import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { formatCount } from '../../core/format.js';
import { MAX_BODIES_BYTES } from '../limits.js';
import { Problem } from '../problem.js';

const RETRY_SECONDS = 2;

/** The part of a body that has arrived, from its first byte until the response is sent. */
export interface HeldBody {
  /** Counts bytes that are kept. */
  add(bytes: number): void;
  /** Ends the body early, if it takes too much memory; replaced by whoever reads it. */
  abort: (problem: Problem) => void;
}

declare module 'fastify' {
  interface FastifyRequest {
    heldBody: HeldBody | undefined;
  }
}

/**
 * Bounds the memory of all request bodies together. When there is no space, the largest of the bodies that are still arriving is rejected:
 * small requests succeed beside any number of unfinished large ones.
 */
export class BodyMemory {
  readonly #held = new Map<HeldBody, number>();
  readonly #maxBytes: number;
  #total = 0;

  constructor(maxBytes = MAX_BODIES_BYTES) {
    this.#maxBytes = maxBytes;
  }

  hold(): HeldBody {
    const body: HeldBody = {
      add: (bytes) => {
        const held = this.#held.get(body);
        // It was rejected, and what it still sends is not kept.
        if (held === undefined) return;
        this.#held.set(body, held + bytes);
        this.#total += bytes;
        while (this.#total > this.#maxBytes && this.#held.size > 0) this.#rejectLargest();
      },
      abort: () => undefined,
    };
    this.#held.set(body, 0);
    return body;
  }

  release(body: HeldBody): void {
    this.#total -= this.#held.get(body) ?? 0;
    this.#held.delete(body);
  }

  #rejectLargest(): void {
    const [largest, bytes] = [...this.#held].reduce((most, other) => (other[1] > most[1] ? other : most));
    this.release(largest);
    largest.abort(
      new Problem(
        503,
        `the bodies of all requests together have more than ${formatCount(this.#maxBytes)} bytes, of which this one has ${formatCount(bytes)}; try again later`,
        RETRY_SECONDS,
      ),
    );
  }
}

/** Counts the bodies of a server's requests. Forms count the bytes of their files themselves, since reading begins later. */
export function boundBodies(server: FastifyInstance, memory = new BodyMemory()): void {
  const heldFor = new WeakMap<Socket, Set<HeldBody>>();
  const bodiesOf = (socket: Socket): Set<HeldBody> => {
    const known = heldFor.get(socket);
    if (known !== undefined) return known;
    const bodies = new Set<HeldBody>();
    heldFor.set(socket, bodies);
    // Node.js does not close the responses to pipelined requests that were still waiting for their turn.
    socket.once('close', () => {
      for (const body of bodies) memory.release(body);
    });
    return bodies;
  };
  server.decorateRequest('heldBody', undefined);
  server.addHook('preParsing', (request, reply, payload, done) => {
    const body = memory.hold();
    request.heldBody = body;
    const bodies = bodiesOf(request.raw.socket);
    bodies.add(body);
    reply.raw.once('close', () => {
      bodies.delete(body);
      memory.release(body);
    });
    if (!/^multipart\//i.test(request.headers['content-type'] ?? '')) {
      body.abort = (problem) => payload.emit('error', problem);
      payload.on('data', (chunk: Buffer) => {
        body.add(chunk.length);
      });
    }
    done();
  });
}
