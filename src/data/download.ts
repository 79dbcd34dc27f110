import { Readable } from 'node:stream';
import { InklingError, messageOf } from '../core/errors.js';
import { codeOf } from '../platform/files.js';
import type { CatalogFile } from './catalog.js';
import { maxStoredBytes, openIdxFile } from './idxFile.js';
import type { IdxFile } from './idxFile.js';

/** How far the download of one file has come. */
export interface DownloadProgress {
  readonly address: string;
  readonly receivedBytes: number;
  /** Undefined when the server does not say. */
  readonly totalBytes: number | undefined;
}

/** How a caller follows and stops a download. */
export interface DownloadOptions {
  /** Stops the download; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** No mirror gave the file; the message lists each address and why it would not do. */
export class DownloadError extends InklingError {
  override name = 'DownloadError';
}

/** An address that sends nothing for so long is given up. */
const IDLE_SECONDS = 15;

/** Reasons in words, by the code of a network error. */
const explanations: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'host not found',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection broken off',
  ENETUNREACH: 'network not reachable',
  ENOTFOUND: 'host not found',
  UND_ERR_CONNECT_TIMEOUT: 'no connection',
  UND_ERR_SOCKET: 'connection broken off',
};

/** A file as it was downloaded. */
export interface Downloaded {
  readonly file: IdxFile;
  /** As the mirror sent it, packed or not. */
  readonly stored: Uint8Array;
  readonly mirror: string;
}

/**
 * Downloads a file, unpacks and verifies it, from the first mirror that gives it right.
 * @throws DownloadError when every mirror failed, in whatever way; the signal's reason when it is aborted
 */
export async function downloadFile(
  expected: CatalogFile,
  mirrors: readonly string[],
  options: DownloadOptions = {},
): Promise<Downloaded> {
  const addresses = mirrors.map((mirror) => `${mirror}${expected.name}.gz`);
  const open = (stored: Uint8Array, address: string) => ({
    file: openVerified(expected, address, stored),
    stored,
  });
  const { result, address } = await downloadFirst(addresses, maxStoredBytes(expected), open, options);
  return { ...result, mirror: mirrors[addresses.indexOf(address)] };
}

function openVerified(expected: CatalogFile, address: string, stored: Uint8Array): IdxFile {
  const file = openIdxFile(expected, address, stored);
  if (!file.verified) throw new InklingError('it is not packed with gzip, which its hash is of');
  return file;
}

/**
 * Downloads from the first address that gives what is wanted.
 * @param open makes it of the bytes, and throws when they are wrong
 * @throws DownloadError when every address failed, in whatever way; the signal's reason when it is aborted
 */
export async function downloadFirst<T>(
  addresses: readonly string[],
  limitBytes: number,
  open: (bytes: Uint8Array, address: string) => T,
  options: DownloadOptions,
): Promise<{ readonly result: T; readonly address: string }> {
  const failures: string[] = [];
  for (const address of addresses) {
    try {
      return { result: open(await fetchBytes(address, limitBytes, options), address), address };
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push(`${address} (${reasonOf(error)})`);
    }
  }
  throw new DownloadError(failures.join(', '));
}

async function fetchBytes(
  address: string,
  limitBytes: number,
  options: DownloadOptions,
): Promise<Uint8Array> {
  const giveUp = new AbortController();
  const idle = setTimeout(() => {
    giveUp.abort(new InklingError(`no data for ${IDLE_SECONDS} seconds`));
  }, IDLE_SECONDS * 1000);
  try {
    const signals = options.signal === undefined ? [giveUp.signal] : [giveUp.signal, options.signal];
    const response = await fetch(address, { signal: AbortSignal.any(signals) });
    if (!response.ok) throw new InklingError(`HTTP ${response.status} ${response.statusText}`.trimEnd());
    const totalBytes = announcedBytes(response);
    const chunks: Uint8Array[] = [];
    let receivedBytes = 0;
    const body: AsyncIterable<Uint8Array> = response.body ?? Readable.from([]);
    for await (const chunk of body) {
      idle.refresh();
      chunks.push(chunk);
      receivedBytes += chunk.length;
      if (receivedBytes > limitBytes) throw new InklingError(`more than ${limitBytes} bytes`);
      options.onProgress?.({ address, receivedBytes, totalBytes });
    }
    return Buffer.concat(chunks, receivedBytes);
  } finally {
    clearTimeout(idle);
    giveUp.abort();
  }
}

/** The size of the body, unless the server packed it for the way only and so announces another. */
function announcedBytes({ headers }: Response): number | undefined {
  const length = headers.get('content-length');
  return length === null || headers.has('content-encoding') ? undefined : Number(length);
}

/** Why a download failed, in words: `fetch` hides the reason in the cause of what it throws. */
function reasonOf(error: unknown): string {
  if (error instanceof InklingError) return error.message;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return explanations[codeOf(cause) ?? ''] ?? messageOf(cause);
}
