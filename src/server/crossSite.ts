import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/** Routes that pages of other sites may link to, and that cost no work. */
const LINKABLE_ROUTES: readonly string[] = ['/health', '/ready', '/', '/*', '/docs', '/openapi.json'];

/** How every browser names itself. */
const BROWSER = 'Mozilla/';

/**
 * Rejects requests that a browser sends on behalf of another site's page, unless its origin is allowed: such a page cannot read the
 * response, but a form or an image tag would make the server work. Other programs send none of the headers that tell, and are not
 * affected.
 *
 * @param allowed origins besides the server's own
 */
export function rejectCrossSite(server: FastifyInstance, allowed: readonly string[]): void {
  server.addHook('onRequest', (request, _reply, done) => {
    const { origin } = request.headers;
    const isExempt = LINKABLE_ROUTES.includes(request.routeOptions.url ?? '');
    if (!isExempt && !(origin !== undefined && allowed.includes(origin)) && !isOwn(request)) {
      const source = origin ?? originOf(request.headers.referer);
      throw new Problem(403, describeSource(source?.slice(0, 64)));
    }
    done();
  });
}

/** Whether a request comes from the server's own page, the user, or a program other than a browser. */
function isOwn({ headers, host }: FastifyRequest): boolean {
  const {
    origin,
    referer,
    authorization = '',
    'sec-fetch-site': relation,
    'user-agent': agent = '',
  } = headers;
  // Set by the browser, which no page can change; `none` is the user, for instance with a bookmark.
  if (relation !== undefined) return relation === 'same-origin' || relation === 'none';
  // Old browsers do not send it, and no browser does if the server is on another machine and does not use HTTPS.
  const source = origin ?? originOf(referer);
  if (source !== undefined) return hostOf(source) === host;
  // A page can make a browser leave out both, but cannot make it send a bearer token.
  return !agent.startsWith(BROWSER) || authorization.toLowerCase().startsWith('bearer ');
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}

/** Host and port. The scheme may differ, since a proxy may terminate HTTPS. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function describeSource(source: string | undefined): string {
  if (source === undefined) {
    return "origin: expected a page of this server, got another site's page that does not state its origin; use this server's page, or a request that states an origin allowed with --cors";
  }
  return source.startsWith('http')
    ? `origin: expected a page of this server, got ${source}; restart the server with --cors ${source} to allow it`
    : `origin: expected a page of this server, got "${source}"; use a page with an origin allowed with --cors`;
}
