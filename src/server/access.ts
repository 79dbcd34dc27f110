import { createHash, timingSafeEqual } from 'node:crypto';
import fastifyCors from '@fastify/cors';
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/** Who may ask what. */
export interface AccessOptions {
  /** Asked for with each request, except whether the server is up; without one, only pages of this machine may ask. */
  readonly apiKey?: string | undefined;
  /** Origins of web pages that may ask, such as `https://example.com`. */
  readonly origins?: readonly string[] | undefined;
  /** Requests a minute that one address may send. */
  readonly rateLimit?: number | undefined;
  /** Whether the server listens on this machine alone. */
  readonly isLoopback: boolean;
}

/** What a supervisor asks, without a key. */
const OPEN_ROUTES: readonly string[] = ['/health', '/ready'];
/** The names under which a machine knows itself. */
const OWN_NAMES = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Guards all routes that are added later. */
export async function addAccessControl(server: FastifyInstance, access: AccessOptions): Promise<void> {
  const { apiKey, origins, rateLimit, isLoopback } = access;
  // First of all, so that browsers can ask what they may without a key.
  if (origins !== undefined) await server.register(fastifyCors, { origin: [...origins] });
  if (rateLimit !== undefined) {
    await server.register(fastifyRateLimit, {
      max: rateLimit,
      timeWindow: '1 minute',
      errorResponseBuilder: (_request, { ttl }) =>
        new Problem(429, `more than ${rateLimit} requests a minute; ask again later`, Math.ceil(ttl / 1000)),
    });
  }
  server.addHook('onRequest', (request, reply, done) => {
    if (apiKey !== undefined) {
      if (!OPEN_ROUTES.includes(request.routeOptions.url ?? '') && !hasKey(request, apiKey)) {
        // A browser asks its user for a password, which is the key.
        reply.header('www-authenticate', 'Basic realm="inkling", charset="UTF-8"');
        throw new Problem(401, 'expected the API key: "Authorization: Bearer KEY"');
      }
    } else if (isLoopback && !OWN_NAMES.test(request.host)) {
      // A page elsewhere whose name was made to lead here would otherwise pass for one of this machine.
      throw new Problem(421, `this server answers to localhost only, not to "${request.host.slice(0, 64)}"`);
    }
    done();
  });
}

function hasKey({ headers }: FastifyRequest, apiKey: string): boolean {
  const [scheme, word = ''] = (headers.authorization ?? '').split(' ');
  const given =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(word, 'base64')
          .toString()
          .replace(/^[^:]*:/, '')
      : word;
  return timingSafeEqual(digestOf(given), digestOf(apiKey));
}

/** Of one length, whatever was given. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
