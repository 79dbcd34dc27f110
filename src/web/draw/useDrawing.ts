import { useCallback, useState } from 'preact/hooks';
import type { Stroke } from './strokes.js';

/** What is on the paper: strokes, or a picture. */
export interface Drawing {
  readonly strokes: readonly Stroke[];
  readonly picture?: ImageBitmap;
}

const EMPTY: Drawing = { strokes: [] };
const MOST_STATES = 200;

/** The drawing, and all that it was before. */
export function useDrawing() {
  const [states, setStates] = useState<readonly Drawing[]>([EMPTY]);
  const drawing = states[states.length - 1];
  const push = useCallback((next: (drawing: Drawing) => Drawing) => {
    setStates((all) => [...all.slice(-MOST_STATES), next(all[all.length - 1])]);
  }, []);
  return {
    drawing,
    canUndo: states.length > 1,
    add: useCallback(
      (stroke: Stroke) => {
        push((before) => withStroke(before, stroke));
      },
      [push],
    ),
    show: useCallback(
      (picture: ImageBitmap) => {
        push(() => ({ strokes: [], picture }));
      },
      [push],
    ),
    clear: useCallback(() => {
      push((before) => (isEmpty(before) ? before : EMPTY));
    }, [push]),
    undo: useCallback(() => {
      setStates((all) => (all.length > 1 ? all.slice(0, -1) : all));
    }, []),
  };
}

export function isEmpty({ strokes, picture }: Drawing): boolean {
  return strokes.length === 0 && picture === undefined;
}

/** A drawing with one stroke more, in whose favour a picture goes. */
export function withStroke({ strokes }: Drawing, stroke: Stroke): Drawing {
  return { strokes: [...strokes, stroke] };
}
