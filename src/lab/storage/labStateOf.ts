import type { Lab } from '../useLab.js';
import type { LabState } from './labState.js';

/** What is kept of the lab now. */
export function labStateOf({ work, training, replaced, link }: Lab): LabState {
  const { earlier, run } = training;
  const hasCurrent = run.task !== undefined;
  return { ...work, runs: hasCurrent ? [...earlier, run] : earlier, hasCurrent, replaced, link };
}
