import { useCallback, useState } from 'preact/hooks';

const MAX_STEPS = 200;

interface States<T> {
  /** In the order of the changes; never empty. */
  readonly all: readonly T[];
  /** The index of the current one. */
  readonly current: number;
}

/** A value with its earlier states, and those that were undone. */
export function useHistory<T>(initial: () => T) {
  const [{ all, current }, setStates] = useState<States<T>>(() => ({ all: [initial()], current: 0 }));
  const change = useCallback((next: (value: T) => T) => {
    setStates((before) => {
      const value = before.all[before.current];
      const changed = next(value);
      if (changed === value) return before;
      const earlier = before.all.slice(Math.max(0, before.current + 1 - MAX_STEPS), before.current + 1);
      return { all: [...earlier, changed], current: earlier.length };
    });
  }, []);
  const move = useCallback((by: number) => {
    setStates((before) => {
      const to = before.current + by;
      return to in before.all ? { ...before, current: to } : before;
    });
  }, []);
  return {
    value: all[current],
    change,
    undo: useCallback(() => {
      move(-1);
    }, [move]),
    redo: useCallback(() => {
      move(1);
    }, [move]),
    canUndo: current > 0,
    canRedo: current < all.length - 1,
  };
}

export type History<T> = ReturnType<typeof useHistory<T>>;
