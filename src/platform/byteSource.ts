import { concatenateBytes } from '../core/arrays.js';
import { FetchError, InklingError, InvalidInputError, messageOf } from '../core/errors.js';
import { isDetachedBuffer } from '../core/checkPixels.js';
import { formatCount } from '../core/format.js';

/** A file: its address, the file itself, or its bytes. A string is a path in Node.js and an address in browsers, except `https:` URLs. */
export type ByteSource = string | URL | Blob | ArrayBufferLike | ArrayBufferView;

export interface ReadOptions {
  /** Larger files are rejected. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** The contents of a file, and its name for messages. */
export interface SourceBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const ADDRESS = /^(https?|data|blob):/i;
/** Addresses of data may contain all of it. */
const MAX_NAME_LENGTH = 100;

/** Whether a name is an address rather than a path. */
export function isAddress(name: string | URL): boolean {
  return ADDRESS.test(String(name));
}

/** Whether a value contains the bytes of a file. */
export function containsBytes(value: unknown): value is Exclude<ByteSource, string | URL> {
  return (
    (typeof Blob !== 'undefined' && value instanceof Blob) ||
    value instanceof ArrayBuffer ||
    (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer) ||
    ArrayBuffer.isView(value)
  );
}

/**
 * A copy of the bytes of a file in memory.
 *
 * @throws {InvalidInputError} when the buffer is detached
 * @throws {InklingError} when there are too many bytes, or the file cannot be read
 */
export async function readContained(
  source: Exclude<ByteSource, string | URL>,
  { maxBytes }: ReadOptions,
): Promise<SourceBytes> {
  if (typeof Blob !== 'undefined' && source instanceof Blob) {
    const name = 'name' in source && typeof source.name === 'string' ? source.name : 'the file';
    checkSize(source.size, maxBytes, name);
    const buffer = await source.arrayBuffer().catch((error: unknown) => {
      throw new InklingError(
        `cannot read ${name}: ${messageOf(error)}; check whether it was moved or changed, and choose it again`,
        { cause: error },
      );
    });
    return { name, bytes: new Uint8Array(buffer) };
  }
  const view = ArrayBuffer.isView(source) ? source : undefined;
  const buffer = view?.buffer ?? (source as ArrayBufferLike);
  if (isDetachedBuffer(buffer)) {
    throw new InvalidInputError(
      'expected the bytes of a file, got a detached buffer; it was transferred to another thread: pass a copy',
    );
  }
  const bytes = new Uint8Array(buffer, view?.byteOffset, view?.byteLength);
  checkSize(bytes.length, maxBytes, 'the file');
  return { name: 'the file', bytes: new Uint8Array(bytes) };
}

/**
 * Fetches a file.
 *
 * @throws {FetchError} when there is no response, or its status is an error
 * @throws {InklingError} when the file is too large
 */
export async function fetchBytes(
  address: string | URL,
  { maxBytes, signal }: ReadOptions,
): Promise<SourceBytes> {
  const name = shorten(String(address));
  try {
    const response = await fetch(address, signal === undefined ? {} : { signal });
    if (!response.ok) {
      const reason = [response.status, response.statusText].join(' ').trim();
      throw new FetchError(
        `cannot fetch ${name}: expected a file, got HTTP status ${reason}; check the address`,
        {
          status: response.status,
        },
      );
    }
    checkSize(Number(response.headers.get('content-length') ?? 0), maxBytes, name);
    return { name, bytes: await readBody(response, maxBytes, name) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof InklingError) throw error;
    const reason = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new FetchError(
      `cannot fetch ${name}: ${messageOf(reason)}; check the address and the connection, and in a browser that the server allows requests from this page (CORS)`,
      { cause: error },
    );
  }
}

async function readBody(
  response: Response,
  maxBytes: number,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    size += part.value.length;
    if (size > maxBytes) await reader?.cancel();
    checkSize(size, maxBytes, name);
    chunks.push(part.value);
  }
  return concatenateBytes(chunks);
}

function checkSize(bytes: number, maxBytes: number, name: string): void {
  if (bytes <= maxBytes) return;
  throw new InklingError(
    `cannot read ${name}: it has at least ${formatCount(bytes)} bytes, expected at most ${formatCount(maxBytes)}; check that it is the right file`,
  );
}

function shorten(address: string): string {
  return address.length > MAX_NAME_LENGTH ? `${address.slice(0, MAX_NAME_LENGTH)}…` : address;
}
