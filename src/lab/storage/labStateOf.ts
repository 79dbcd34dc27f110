import { useRef } from 'preact/hooks';
import type { Lab } from '../useLab.js';
import type { LabState } from './labState.js';

/** What is kept of the lab now. */
export function useLabState({ collection, network, resolved, training }: Lab): LabState {
  const { preset } = network.value;
  const { model } = resolved;
  const working = useRef<LabState['network']>(undefined);
  // One that does not work could not be read again: the one before is kept.
  if (model !== undefined && working.current?.model !== model) working.current = { preset, model };
  const { earlier, run, settings } = training;
  return {
    collection: collection.value,
    network: working.current,
    settings,
    runs: run.task === undefined ? earlier : [...earlier, run],
  };
}
