import type { Environment } from './locate.js';

/**
 * The proxy that the environment specifies for a URL, as in curl: `HTTPS_PROXY` or `HTTP_PROXY`, and `ALL_PROXY`, unless `NO_PROXY`
 * lists the host; lowercase names take precedence.
 */
export function proxyFor(url: string, environment: Environment): string | undefined {
  const { protocol, hostname, port } = new URL(url);
  const read = (name: string) => environment[name.toLowerCase()] ?? environment[name];
  const proxy = read(`${protocol.slice(0, -1).toUpperCase()}_PROXY`) ?? read('ALL_PROXY') ?? '';
  const exceptions = (read('NO_PROXY') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  const isExcepted = exceptions.some((entry) => {
    const [name, onlyPort = ''] = entry.split(':');
    const suffix = name.replace(/^\*?\./, '');
    const isHost = entry === '*' || hostname === suffix || hostname.endsWith(`.${suffix}`);
    return isHost && (onlyPort === '' || onlyPort === (port || (protocol === 'https:' ? '443' : '80')));
  });
  if (proxy === '' || isExcepted) return undefined;
  return /^\w+:\/\//.test(proxy) ? proxy : `http://${proxy}`;
}

/** The part of a response that a download uses. */
type DownloadResponse = Pick<Response, 'ok' | 'status' | 'statusText'> & {
  readonly headers: Pick<Headers, 'get' | 'has'>;
  readonly body: AsyncIterable<Uint8Array> | null;
};

/** Fetches a URL, through a proxy if one is given; the `fetch` of Node.js does not support proxies before version 24. */
export async function fetchThrough(
  proxy: string | undefined,
  url: string,
  signal: AbortSignal,
): Promise<DownloadResponse> {
  if (proxy === undefined) return fetch(url, { signal });
  const undici = await import('../../vendor/proxy.js');
  const dispatcher = new undici.ProxyAgent(proxy);
  return undici.fetch(url, { signal, dispatcher });
}

/** A proxy without its password, for messages. */
export function describeProxy(proxy: string): string {
  const { protocol, host } = URL.canParse(proxy) ? new URL(proxy) : { protocol: '', host: proxy };
  return `${protocol}//${host}`;
}
