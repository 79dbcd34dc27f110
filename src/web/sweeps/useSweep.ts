import { EventSource } from 'eventsource';
import { useEffect, useState } from 'preact/hooks';
import { type Sweep, sweepSchema } from '#inkling/server/apiSchemas.js';
import { getJson, type Loaded, useLoaded } from '../api.js';
import { request } from '../connection.js';

/** The path of a sweep on the server. */
export function pathOf(name: string): string {
  return `api/sweeps/${encodeURIComponent(name)}`;
}

/** A sweep, updated as its trials train; `reload` loads it again. */
export function useSweep(name: string): Loaded<Sweep> & { readonly reload: () => void } {
  const path = pathOf(name);
  const [changes, setChanges] = useState(0);
  const sweep = useLoaded(`${name} ${changes}`, (signal) => getJson(sweepSchema, path, signal));
  const isRunning = sweep.value?.state === 'running';
  const reload = () => {
    setChanges((count) => count + 1);
  };
  useEffect(() => {
    if (!isRunning) return undefined;
    // The browser's own EventSource cannot send an API key.
    const events = new EventSource(new URL(`${path}/events`, document.baseURI), {
      fetch: (url, init) => request(String(url), init),
    });
    events.addEventListener('changed', reload);
    events.addEventListener('finished', () => {
      events.close();
      reload();
    });
    events.addEventListener('error', () => {
      // A lost connection is reopened. A closed one was rejected: the sweep may have been deleted.
      if (events.readyState === EventSource.CLOSED) reload();
    });
    return () => {
      events.close();
    };
  }, [path, isRunning]);
  return { ...sweep, reload };
}
