import { useEffect, useState } from 'preact/hooks';
import { type Run, runSchema } from '#inkling/server/apiSchemas.js';
import { type Progress, progressSchema } from '#inkling/train/events.js';
import { getJson, type Loaded, useLoaded } from '../api.js';

/** A run, and how far it is while it goes on. */
export function useRun(name: string): Loaded<Run> {
  const path = `api/runs/${encodeURIComponent(name)}`;
  const [changes, setChanges] = useState(0);
  const [progress, setProgress] = useState<Progress>();
  const run = useLoaded(`${name} ${changes}`, (signal) => getJson(runSchema, path, signal));
  const isRunning = run.value?.state === 'running';
  useEffect(() => {
    if (!isRunning) return undefined;
    const events = new EventSource(`${path}/events`);
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
      // A connection that broke comes back by itself; this one was refused, so the run may be gone.
      if (events.readyState === EventSource.CLOSED) onChange();
    });
    return () => {
      events.close();
    };
  }, [path, isRunning]);
  if (run.value === undefined || !isRunning) return run;
  return { value: { ...run.value, progress: progress ?? run.value.progress } };
}
