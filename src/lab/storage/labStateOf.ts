import type { Lab } from '../useLab.js';
import type { LabState } from './labState.js';

/** What is kept of the lab now. */
export function labStateOf({ work, training, replaced, link, pretrained }: Lab): LabState {
  const { earlier, run } = training;
  const hasCurrent = run.task !== undefined;
  const runs = hasCurrent ? [...earlier, run] : earlier;
  return { ...work, runs, hasCurrent, replaced, link, pretrained };
}
