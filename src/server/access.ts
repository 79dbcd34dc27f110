import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fastifyCors, fastifyRateLimit } from '../vendor/server.js';
import type { AccessOptions } from './accessOptions.js';
import { rejectCrossSite } from './crossSite.js';
import { Problem } from './problem.js';

/** Health checks and the files of the page, which asks for the key, need no API key. */
const PUBLIC_ROUTES: readonly string[] = ['/health', '/ready', '/', '/*'];
/** `Host` headers that name this machine. */
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Adds access control to all routes that are registered after it. */
export async function addAccessControl(server: FastifyInstance, options: AccessOptions): Promise<void> {
  const { apiKey, origins, rateLimit, isLoopback } = options;
  // Before the API key is checked, since browsers send preflight requests without credentials.
  if (origins !== undefined) await server.register(fastifyCors, { origin: [...origins] });
  if (rateLimit !== undefined) {
    await server.register(fastifyRateLimit, {
      max: rateLimit,
      timeWindow: '1 minute',
      errorResponseBuilder: (_request, { ttl }) => {
        const seconds = Math.ceil(ttl / 1000);
        return new Problem(
          429,
          `expected at most ${rateLimit} requests per minute; try again in ${seconds} s`,
          seconds,
        );
      },
    });
  }
  rejectCrossSite(server, origins ?? []);
  server.addHook('onRequest', (request, reply, done) => {
    if (apiKey !== undefined) {
      if (!PUBLIC_ROUTES.includes(request.routeOptions.url ?? '') && !hasKey(request, apiKey)) {
        reply.header('www-authenticate', challengeOf(request));
        throw new Problem(401, 'the API key is missing or wrong; send "Authorization: Bearer KEY"');
      }
    } else if (isLoopback && !LOOPBACK_HOST.test(request.host)) {
      // Protects against DNS rebinding: another site's name can be made to resolve to this machine.
      throw new Problem(
        421,
        `host: expected localhost or a loopback address, got "${request.host.slice(0, 64)}"`,
      );
    }
    done();
  });
}

/**
 * For a document such as `/docs`, a browser asks for a user name and a password, which is the API key. The page has its own form, so
 * its requests must not open this dialog.
 */
function challengeOf({ headers }: FastifyRequest): string {
  const isNavigation = headers['sec-fetch-mode'] === 'navigate';
  return isNavigation ? 'Basic realm="inkling", charset="UTF-8"' : 'Bearer realm="inkling"';
}

function hasKey({ headers }: FastifyRequest, apiKey: string): boolean {
  const [, scheme, credentials] = /^(bearer|basic) +(\S+)$/i.exec(headers.authorization ?? '') ?? [
    '',
    '',
    '',
  ];
  const received =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(credentials, 'base64')
          .toString()
          .replace(/^[^:]*:/, '')
      : credentials;
  return timingSafeEqual(digestOf(received), digestOf(apiKey));
}

/** Digests have equal length, which `timingSafeEqual` requires. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
