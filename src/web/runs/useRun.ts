import { EventSource } from 'eventsource';
import { useEffect, useState } from 'preact/hooks';
import { type Run, runSchema } from '#inkling/server/apiSchemas.js';
import { type Progress, progressSchema } from '#inkling/train/events.js';
import { getJson, type Loaded, useLoaded } from '../api.js';
import { request } from '../connection.js';

/** A run, updated as it trains. */
export function useRun(name: string): Loaded<Run> {
  const path = `api/runs/${encodeURIComponent(name)}`;
  const [changes, setChanges] = useState(0);
  const [progress, setProgress] = useState<Progress>();
  const run = useLoaded(`${name} ${changes}`, (signal) => getJson(runSchema, path, signal));
  const isRunning = run.value?.state === 'running';
  useEffect(() => {
    if (!isRunning) return undefined;
    // The browser's own EventSource cannot send an API key.
    const events = new EventSource(new URL(`${path}/events`, document.baseURI), {
      fetch: (url, init) => request(String(url), init),
    });
    events.addEventListener('progress', ({ data }) => {
      setProgress(progressSchema.parse(JSON.parse(String(data))));
    });
    const onChange = () => {
      setChanges((count) => count + 1);
    };
    events.addEventListener('epoch', onChange);
    events.addEventListener('finished', () => {
      events.close();
      onChange();
    });
    events.addEventListener('error', () => {
      // A lost connection is reopened. A closed one was rejected: the run may have been deleted.
      if (events.readyState === EventSource.CLOSED) onChange();
    });
    return () => {
      events.close();
    };
  }, [path, isRunning]);
  if (run.value === undefined || !isRunning) return run;
  return { value: { ...run.value, progress: progress ?? run.value.progress } };
}
