import { useEffect, useState } from 'preact/hooks';
import type { z } from 'zod';
import { InklingError, messageOf } from '#inkling/core/errors.js';
import { validate } from '#inkling/core/validate.js';

/**
 * Asks the server, whose answer is validated.
 *
 * @throws {InklingError} with what the server says is wrong
 */
export async function getJson<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  signal?: AbortSignal,
): Promise<z.output<Schema>> {
  const response = await get(path, signal);
  return validate(schema, await response.json(), path);
}

export async function getBytes(path: string): Promise<Uint8Array> {
  const response = await get(path);
  return new Uint8Array(await response.arrayBuffer());
}

async function get(path: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, signal ? { signal } : {});
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => undefined);
  const detail =
    typeof problem === 'object' && problem !== null && 'detail' in problem ? String(problem.detail) : '';
  throw new InklingError(detail === '' ? `${path}: the server answered ${response.status}` : detail);
}

/** What is loaded: nothing yet, a value, or why there is none. */
export interface Loaded<T> {
  readonly value?: T;
  readonly problem?: string;
}

/** Loads something again whenever `key` changes; until then the last value stays. */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({});
  useEffect(() => {
    const leaving = new AbortController();
    load(leaving.signal).then(
      (value) => {
        if (!leaving.signal.aborted) setLoaded({ value });
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) setLoaded({ problem: messageOf(error) });
      },
    );
    return () => {
      leaving.abort();
    };
  }, [key]);
  return loaded;
}
