import { useCallback, useState } from 'preact/hooks';

const MAX_STEPS = 200;

/** A value with its earlier states. */
export function useHistory<T>(initial: () => T) {
  const [states, setStates] = useState<readonly T[]>(() => [initial()]);
  const change = useCallback((next: (value: T) => T) => {
    setStates((all) => {
      const current = all[all.length - 1];
      const changed = next(current);
      return changed === current ? all : [...all.slice(-MAX_STEPS), changed];
    });
  }, []);
  const undo = useCallback(() => {
    setStates((all) => (all.length > 1 ? all.slice(0, -1) : all));
  }, []);
  return { value: states[states.length - 1], change, undo, canUndo: states.length > 1 };
}

export type History<T> = ReturnType<typeof useHistory<T>>;
