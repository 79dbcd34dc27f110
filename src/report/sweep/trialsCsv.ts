import { csvCell } from '../../core/untrusted.js';
import type { SweepState } from '../../sweep/journal/replay.js';
import { lastEpoch, stateOfTrial } from '../../sweep/trial.js';

/** The name of the file with all trials. */
export const TRIALS_FILE = 'trials.csv';

/** A CSV table with one row per trial (RFC 4180): its state, its result, and its settings. */
export function trialsCsv({ trials, space }: Pick<SweepState, 'trials' | 'space'>): string {
  const names = space.parameters.map(({ name }) => name);
  const rows = trials.map((trial) => [
    String(trial.number),
    stateOfTrial(trial),
    trial.value === undefined ? '' : String(trial.value),
    String(lastEpoch(trial)?.epoch ?? 0),
    trial.run ?? '',
    trial.error ?? '',
    ...names.map((name) => cellOf(trial.params[name])),
  ]);
  return [['trial', 'state', 'validation', 'epochs', 'run', 'error', ...names], ...rows]
    .map((row) => `${row.map(csvCell).join(',')}\n`)
    .join('');
}

/** Empty if the setting has no effect. */
function cellOf(value: SweepState['trials'][number]['params'][string]): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
