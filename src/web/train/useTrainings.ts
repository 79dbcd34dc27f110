import { useState } from 'preact/hooks';
import { type TrainingList, trainingListSchema } from '#inkling/server/training/trainingSchemas.js';
import { useTicks } from '../../components/useTicks.js';
import { getJson, type Loaded, useLoaded } from '../api.js';

/** Interval at which the trainings are loaded again. */
const REFRESH_MS = 1500;

/** The trainings that were started from pages, as they change. */
export function useTrainings(): Loaded<TrainingList> & { readonly reload: () => void } {
  const tick = useTicks(REFRESH_MS);
  const [changes, setChanges] = useState(0);
  const list = useLoaded(`${tick} ${changes}`, (signal) =>
    getJson(trainingListSchema, 'api/trainings', signal),
  );
  const reload = () => {
    setChanges((count) => count + 1);
  };
  return { ...list, reload };
}
