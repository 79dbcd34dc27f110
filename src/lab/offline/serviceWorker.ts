/**
 * The service worker of the lab: keeps its files, so that it works offline, and adds the headers with which a page may share memory
 * between threads, which not every host sends. It imports nothing, so that it is one script.
 */

/** The parts of a service worker's scope that are used here: TypeScript has them only without those of a page. */
interface Scope {
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly registration: { readonly active: unknown };
  addEventListener(type: 'install' | 'activate', listener: (event: Lifetime) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetch) => void): void;
}

interface Lifetime {
  readonly waitUntil: (work: Promise<unknown>) => void;
}

interface Fetch {
  readonly request: Request;
  readonly respondWith: (response: Promise<Response>) => void;
}

/** Inserted by the build: the files that are kept at once, and those that are kept once they were needed. */
declare const __FILES__: readonly string[];
declare const __LATER_FILES__: readonly string[];
declare const __VERSION__: string;

const PREFIX = 'inkling-lab-';
const CACHE = `${PREFIX}${__VERSION__}`;
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

// A service worker runs in this scope.
const scope = globalThis as unknown as Scope;

scope.addEventListener('install', (event) => {
  event.waitUntil(install());
});
scope.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});
scope.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'GET' && new URL(url).origin === location.origin) event.respondWith(respond(event.request));
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(__FILES__.map((file) => new Request(file, { cache: 'no-cache' })));
  // A later version waits until the pages of this one are closed, whose files it removes.
  if (scope.registration.active === null) await scope.skipWaiting();
}

async function activate(): Promise<void> {
  const outdated = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(outdated.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/** The file from the cache, or from the host if it is not one of the lab's. */
async function respond(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const { pathname } = new URL(request.url);
  const name = pathname.endsWith('/') ? 'index.html' : pathname;
  const response = (await cache.match(name, { ignoreSearch: true })) ?? (await fetch(request));
  if (response.ok && __LATER_FILES__.some((file) => pathname.endsWith(`/${file}`))) {
    // Without space for it, it is loaded again the next time.
    await cache.put(name, response.clone()).catch(() => undefined);
  }
  const headers = new Headers(response.headers);
  for (const [header, value] of Object.entries(ISOLATION)) headers.set(header, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
