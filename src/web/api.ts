import { useEffect, useState } from 'preact/hooks';
import type * as z from 'zod';
import { InklingError, messageOf } from '#inkling/core/errors.js';
import { validate } from '#inkling/core/validate.js';
import { ConnectionError, connectionLost, request, useConnection } from './connection.js';

/**
 * Fetches JSON from the server and validates it.
 *
 * @throws {InklingError} with the server's error message
 * @throws {ConnectionError} when the server cannot be reached or requires another API key
 */
export async function getJson<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  signal?: AbortSignal,
): Promise<z.output<Schema>> {
  const response = await get(path, signal);
  const text = await response.text().catch((error: unknown) => {
    throw signal?.aborted === true ? error : connectionLost(error);
  });
  return validate(schema, JSON.parse(text), path);
}

export async function getBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await get(path);
  return new Uint8Array(await response.arrayBuffer());
}

/** Asks the server to do something, without a body. */
export async function post(path: string): Promise<void> {
  await send(path, { method: 'POST' });
}

/**
 * Asks the server to do something, and validates its answer.
 *
 * @throws {InklingError} with the server's error message
 */
export async function postJson<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  body: object,
): Promise<z.output<Schema>> {
  const headers = { 'content-type': 'application/json' };
  const response = await send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return validate(schema, await response.json(), path);
}

async function get(path: string, signal?: AbortSignal): Promise<Response> {
  return send(path, signal ? { signal } : {});
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await request(path, init);
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => undefined);
  const detail =
    typeof problem === 'object' && problem !== null && 'detail' in problem ? String(problem.detail) : '';
  // A server that is stopping responds without a problem body.
  if (detail === '' && response.status === 503) throw connectionLost(response.status);
  throw new InklingError(detail === '' ? `${path}: the server responded with ${response.status}` : detail);
}

/** A value that is being loaded: neither field is set yet, or one of them is. */
export interface Loaded<T> {
  readonly value?: T;
  readonly error?: string;
}

/**
 * Loads a value again whenever `key` changes or the server becomes available again; the previous value stays until then, and while
 * the server is not available.
 */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({});
  const { generation } = useConnection();
  useEffect(() => {
    const unmounted = new AbortController();
    load(unmounted.signal).then(
      (value) => {
        if (!unmounted.signal.aborted) setLoaded({ value });
      },
      (error: unknown) => {
        if (unmounted.signal.aborted || error instanceof ConnectionError) return;
        setLoaded({ error: messageOf(error) });
      },
    );
    return () => {
      unmounted.abort();
    };
  }, [key, generation]);
  return loaded;
}
