import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { messageOf } from '../../components/format.js';
import type { Lab } from '../useLab.js';
import type { LabState } from './labState.js';
import { Saver } from './saver.js';
import type { StorageProblem } from './storageProblem.js';
import { type Store, TooLargeError } from './store.js';

/** All changes within this time are saved together. */
const INTERVAL_MS = 1000;

/**
 * Saves the state of the lab whenever it has changed.
 *
 * @returns why that failed, if it did
 */
export function useSaving(
  state: LabState,
  { training }: Lab,
  store: Store | undefined,
): StorageProblem | undefined {
  const [problem, setProblem] = useState<StorageProblem>();
  const latest = useRef(state);
  latest.current = state;
  const saver = useMemo(() => {
    const save = async () => {
      if (store === undefined) return;
      setProblem(await problemOfSaving(store, latest.current));
    };
    return new Saver(save, INTERVAL_MS);
  }, [store]);

  const { collection, network, settings, replaced, link, pretrained } = state;
  const { earlier, run } = training;
  const isFirst = useRef(true);
  // Not for every progress within an epoch, from which no training can continue.
  const shown = [collection, network, settings, replaced, link, pretrained];
  const changes = [...shown, earlier, run.id, run.phase, run.best, run.state];
  useEffect(() => {
    // What is shown at first is what was saved.
    if (!isFirst.current) saver.request();
    isFirst.current = false;
  }, [saver, ...changes]);

  useEffect(() => {
    const flush = () => {
      if (document.visibilityState === 'hidden') saver.flush();
    };
    document.addEventListener('visibilitychange', flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
    };
  }, [saver]);
  return problem;
}

async function problemOfSaving(store: Store, state: LabState): Promise<StorageProblem | undefined> {
  try {
    await store.save(state);
    return undefined;
  } catch (error) {
    return error instanceof TooLargeError
      ? { code: 'tooLarge' }
      : { code: 'failed', reason: messageOf(error) };
  }
}
