import { Readable } from 'node:stream';
import { InklingError, messageOf } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import { codeOf } from '../../platform/fileErrors.js';
import type { Environment } from './locate.js';
import { describeProxy, fetchThrough, proxyFor } from './proxy.js';
import { type DatasetFile, type ExpectedFile, maxStoredBytes, openDatasetFile } from './datasetFile.js';

/** The progress of one file's download. */
export interface DownloadProgress {
  readonly url: string;
  readonly receivedBytes: number;
  /** Undefined if the server does not send the size. */
  readonly totalBytes: number | undefined;
}

/** How to follow and abort a download. */
export interface DownloadOptions {
  /** Aborts the download, which rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called whenever a part of a file has arrived. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Its `HTTPS_PROXY`, `HTTP_PROXY`, and `NO_PROXY` apply. */
  readonly environment?: Environment | undefined;
}

/** A download failed from all URLs; the message lists each URL with the reason. */
export class DownloadError extends InklingError {
  override name = 'DownloadError';
}

/** A download fails if the server sends no data for this long. */
const MAX_IDLE_SECONDS = 15;

/** Explanations of network errors by their code. */
const explanations: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'host not found',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection lost',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'host not found',
  UND_ERR_CONNECT_TIMEOUT: 'connection timed out',
  UND_ERR_SOCKET: 'connection lost',
};

/** A downloaded file. */
export interface Downloaded {
  readonly file: DatasetFile;
  /** The bytes the mirror sent, packed or not. */
  readonly stored: Uint8Array;
  readonly mirror: string;
}

/**
 * Downloads, unpacks and verifies a file, trying the mirrors in order.
 *
 * @throws {DownloadError} when all mirrors fail; the signal's reason if it is aborted
 */
export async function downloadFile(
  expected: ExpectedFile,
  mirrors: readonly string[],
  options: DownloadOptions = {},
): Promise<Downloaded> {
  const urls = mirrors.map((mirror) => `${mirror}${expected.name}.gz`);
  const open = (stored: Uint8Array, url: string) => ({ file: openVerified(expected, url, stored), stored });
  const { result, url } = await downloadFirst(urls, maxStoredBytes(expected), open, options);
  return { ...result, mirror: mirrors[urls.indexOf(url)] };
}

function openVerified(expected: ExpectedFile, url: string, stored: Uint8Array): DatasetFile {
  const file = openDatasetFile(expected, url, stored);
  if (file.unverified !== undefined) throw new InklingError(file.unverified);
  return file;
}

/**
 * Downloads from the first URL whose content `open` accepts.
 *
 * @param open turns the content into a result, or throws if it is wrong
 * @throws {DownloadError} when all URLs fail; the signal's reason if it is aborted
 */
export async function downloadFirst<T>(
  urls: readonly string[],
  maxBytes: number,
  open: (bytes: Uint8Array, url: string) => T,
  options: DownloadOptions,
): Promise<{ readonly result: T; readonly url: string }> {
  const failures: string[] = [];
  for (const url of urls) {
    const proxy = proxyFor(url, options.environment ?? {});
    try {
      return { result: open(await fetchBytes(url, maxBytes, options, proxy), url), url };
    } catch (error) {
      options.signal?.throwIfAborted();
      const way = proxy === undefined ? '' : ` through the proxy ${describeProxy(proxy)}`;
      failures.push(`${url}${way} (${reasonOf(error)})`);
    }
  }
  throw new DownloadError(failures.join(', '));
}

async function fetchBytes(
  url: string,
  maxBytes: number,
  options: DownloadOptions,
  proxy: string | undefined,
): Promise<Uint8Array> {
  const abort = new AbortController();
  const idle = setTimeout(() => {
    abort.abort(new InklingError(`no data for ${MAX_IDLE_SECONDS} seconds`));
  }, MAX_IDLE_SECONDS * 1000);
  try {
    const signals = options.signal === undefined ? [abort.signal] : [abort.signal, options.signal];
    const response = await fetchThrough(proxy, url, AbortSignal.any(signals));
    if (!response.ok) throw new InklingError(`HTTP ${response.status} ${response.statusText}`.trimEnd());
    const totalBytes = contentLength(response);
    const chunks: Uint8Array[] = [];
    let receivedBytes = 0;
    const body: AsyncIterable<Uint8Array> = response.body ?? Readable.from([]);
    for await (const chunk of body) {
      idle.refresh();
      chunks.push(chunk);
      receivedBytes += chunk.length;
      if (receivedBytes > maxBytes) throw new InklingError(`more than ${formatCount(maxBytes)} bytes`);
      options.onProgress?.({ url, receivedBytes, totalBytes });
    }
    return Buffer.concat(chunks, receivedBytes);
  } finally {
    clearTimeout(idle);
    abort.abort();
  }
}

/** The size of the body, unless it is compressed for transfer, when `content-length` is the compressed size. */
function contentLength({ headers }: { readonly headers: Pick<Headers, 'get' | 'has'> }): number | undefined {
  const length = headers.get('content-length');
  return length === null || headers.has('content-encoding') ? undefined : Number(length);
}

/** Why a download failed; `fetch` hides the reason in the cause of the error it throws. */
function reasonOf(error: unknown): string {
  if (error instanceof InklingError) return error.message;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return explanations[codeOf(cause) ?? ''] ?? messageOf(cause);
}
