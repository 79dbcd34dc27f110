import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fit, type SavedModel, type TrainingState } from '#inkling/index.js';
import { messageOf } from '../../components/format.js';
import { hideOldest } from './compareRuns.js';
import { Gate } from './gate.js';
import { fitOptionsOf, keptBest } from './fitOptions.js';
import { trainingThreads } from './threads.js';
import {
  afterEvent,
  begun,
  continued,
  IDLE,
  isActive,
  kept,
  opened,
  restored,
  started,
  type Task,
  type TrainingRun,
} from './trainingRun.js';

/** What was kept of earlier trainings. */
export interface SavedTrainings {
  readonly runs: readonly TrainingRun[];
  /** Whether the last run is the current one; otherwise all are earlier ones. */
  readonly hasCurrent: boolean;
  readonly settings: Partial<Task['settings']>;
}

/**
 * The training, which runs in a worker, whatever view is shown.
 *
 * @param saved what to start with; if the current run was interrupted, it continues
 */
export function useTraining(saved: SavedTrainings | undefined) {
  const [run, setRun] = useState(() => restored(currentOf(saved)));
  const [earlier, setEarlier] = useState(() => earlierOf(saved));
  const [settings, setSettings] = useState<SavedTrainings['settings']>(saved?.settings ?? {});
  const current = useRef(new AbortController());
  const gate = useRef(new Gate());

  /** Ends the training, which tells nothing from now on. */
  const end = useCallback(() => {
    current.current.abort();
    // One that is held ends as well.
    gate.current.open();
    return (current.current = new AbortController());
  }, []);

  const train = useCallback((task: Task, from: TrainingRun) => {
    const { signal } = end();
    const own = (gate.current = new Gate());
    // What the worker still sends after a restart belongs to the training before.
    const update = (change: (before: TrainingRun) => TrainingRun) => {
      if (current.current.signal === signal) setRun(change);
    };
    const { state, best } = from;
    const isOnCpu = from.engine?.device?.kind === 'cpu';
    setRun(from);
    const { pretrained } = task;
    const { settings: fitSettings, ...fitted } = fitOptionsOf(task);
    fit({
      ...fitted,
      settings: {
        ...fitSettings,
        threads: trainingThreads(),
        // Bit for bit as without an interruption; without its GPU, a run continues as well.
        ...(isOnCpu && { device: 'cpu' }),
      },
      ...(state === undefined ? {} : { resume: { state, best } }),
      signal,
      beforeSteps: () => own.enter(),
      onStart(engine) {
        update((starting) => begun(starting, engine));
      },
      onEvent(event) {
        update((before) => afterEvent(before, event));
      },
      // The last layer of a pretrained network is trained in seconds: it starts again instead of continuing.
      ...(pretrained === undefined && {
        onState(reached: TrainingState) {
          update((before) => ({ ...before, state: reached }));
        },
        onCheckpoint(which: 'best' | 'last', saved: SavedModel) {
          if (which === 'best') update((before) => ({ ...before, best: saved }));
        },
      }),
    }).then(
      ({ best: model, stopReason }) => {
        if (stopReason === 'interrupted') update((before) => ({ ...before, phase: 'paused' }));
        else
          update((before) => ({
            ...before,
            phase: 'done',
            ...(model && { best: keptBest(model, pretrained) }),
          }));
      },
      (error: unknown) => {
        const message = messageOf(error);
        update((before) => ({ ...before, phase: 'failed', error: message }));
      },
    );
  }, []);

  useEffect(() => {
    if (run.task !== undefined && isActive(run)) train(run.task, continued(run));
    // Later, an active run is one that this page trains.
  }, []);

  return useMemo(
    () => ({
      run,
      /** Those before the current one. */
      earlier,
      /** Those with a complete epoch, oldest first. The current one, if it has one, is the last. */
      runs: [...earlier, run].filter(({ epochs }) => epochs.length > 0),
      /** Those that were changed from the defaults. */
      settings,
      changeSettings: (change: Partial<Task['settings']>) => {
        setSettings((before) => ({ ...before, ...change }));
      },
      replaceSettings: setSettings,
      start: (task: Task) => {
        setEarlier(hideOldest(kept(earlier, run)));
        train(task, started(task, [...earlier, run]));
      },
      /**
       * Ends the current run, and keeps it as an earlier one that charts do not show, like those before.
       *
       * @param next the id of the earlier run that becomes the current one; by default none does
       */
      setAside: (next?: number) => {
        end();
        const all = kept(earlier, run);
        const found = all.find(({ id }) => id === next);
        setEarlier(all.filter((each) => each !== found).map((each) => ({ ...each, isHidden: true })));
        setRun(found === undefined ? IDLE : { ...found, isHidden: false });
      },
      /** Replaces all runs and settings by those of a file. */
      replace: (saved: SavedTrainings) => {
        end();
        setEarlier(earlierOf(saved));
        setRun(opened(currentOf(saved)));
        setSettings(saved.settings);
      },
      /** Whether charts show an earlier run. */
      show: (id: number, shown: boolean) => {
        setEarlier((before) => before.map((each) => (each.id === id ? { ...each, isHidden: !shown } : each)));
      },
      /** Removes an earlier run. */
      forget: (id: number) => {
        setEarlier((before) => before.filter((each) => each.id !== id));
      },
      pause: () => {
        if (run.phase === 'running') {
          gate.current.close(() => {
            setRun((before) => ({ ...before, phase: 'held' }));
          });
        } else current.current.abort();
      },
      resume: () => {
        if (run.phase === 'held') {
          gate.current.open();
          setRun((before) => ({ ...before, phase: 'running' }));
        } else if (run.task !== undefined) train(run.task, continued(run));
      },
      /** Trains on one batch, while training is held. */
      step: () => {
        gate.current.step();
      },
    }),
    [run, earlier, settings, train, end],
  );
}

function currentOf(saved: SavedTrainings | undefined): TrainingRun {
  return (saved?.hasCurrent === true ? saved.runs.at(-1) : undefined) ?? IDLE;
}

function earlierOf(saved: SavedTrainings | undefined): readonly TrainingRun[] {
  const { runs = [], hasCurrent = false } = saved ?? {};
  return hasCurrent ? runs.slice(0, -1) : runs;
}

export type Training = ReturnType<typeof useTraining>;
