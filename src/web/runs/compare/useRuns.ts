import { useEffect, useState } from 'preact/hooks';
import { type Run, runSchema } from '#inkling/server/apiSchemas.js';
import { getJson, type Loaded, useLoaded } from '../../api.js';

/** Interval at which runs are loaded again while one of them trains. */
const REFRESH_MS = 3000;

/** Several runs, updated as they train. */
export function useRuns(names: readonly string[]): Loaded<readonly Run[]> {
  const [refreshes, setRefreshes] = useState(0);
  const runs = useLoaded(`${names.join('\n')} ${refreshes}`, (signal) =>
    Promise.all(names.map((name) => getJson(runSchema, `api/runs/${encodeURIComponent(name)}`, signal))),
  );
  const isRunning = runs.value?.some(({ state }) => state === 'running') ?? false;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) setRefreshes((count) => count + 1);
    }, REFRESH_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isRunning]);
  return runs;
}
