import { useEffect, useState } from 'preact/hooks';

/** `unauthorized`: the server requires an API key, and the page has none or a wrong one. */
export type ConnectionState = 'connected' | 'unreachable' | 'unauthorized';

export interface Connection {
  readonly state: ConnectionState;
  /** How often the server became available again: data loaded before may be out of date. */
  readonly generation: number;
}

/** A request that failed because of the state of the connection, which the page shows. */
export class ConnectionError extends Error {
  override name = 'ConnectionError';
}

/** The API key is stored for the life of the tab. */
const KEY_ITEM = 'inkling-api-key';
/** Interval at which the page checks whether the server is reachable. */
const CHECK_MS = 3000;

let connection: Connection = { state: 'connected', generation: 0 };
const listeners = new Set<(connection: Connection) => void>();

/** The connection to the server that the page was loaded from. */
export function useConnection(): Connection {
  const [current, setCurrent] = useState(connection);
  useEffect(() => {
    listeners.add(setCurrent);
    setCurrent(connection);
    return () => {
      listeners.delete(setCurrent);
    };
  }, []);
  return current;
}

/**
 * Sends a request to the server, with the API key if the page has one.
 *
 * @returns the response, which may have an error status other than 401
 * @throws {ConnectionError} when the server cannot be reached or rejects the API key
 */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await send(path, init);
  setState(response.status === 401 ? 'unauthorized' : 'connected');
  if (response.status === 401) throw new ConnectionError('the server requires an API key');
  return response;
}

/** Whether requests are sent with an API key, which links of the page are not. */
export function hasApiKey(): boolean {
  return sessionStorage.getItem(KEY_ITEM) !== null;
}

/** Stores an API key, and returns whether the server accepts it. */
export async function logIn(key: string): Promise<boolean> {
  sessionStorage.setItem(KEY_ITEM, key);
  return request('api/model').then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Checks regularly, while the page is visible, whether the server can be reached. */
export function useConnectionChecks(): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void check();
    }, CHECK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
}

/** A health check needs no API key, and therefore does not show that the key is correct. */
async function check(): Promise<void> {
  const isReachable = await send('health', {}).then(
    () => true,
    () => false,
  );
  if (isReachable && connection.state === 'unreachable') setState('connected');
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const key = sessionStorage.getItem(KEY_ITEM);
  if (key !== null) headers.set('authorization', `Bearer ${key}`);
  try {
    return await fetch(path, { ...init, headers });
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw connectionLost(error);
  }
}

/** Records that the server cannot be reached, or stopped while it responded. */
export function connectionLost(cause: unknown): ConnectionError {
  setState('unreachable');
  return new ConnectionError('the server cannot be reached', { cause });
}

function setState(state: ConnectionState): void {
  if (state === connection.state) return;
  connection = { state, generation: connection.generation + (state === 'connected' ? 1 : 0) };
  for (const listener of listeners) listener(connection);
}
