import { useCallback, useMemo, useState } from 'preact/hooks';
import type { Stroke } from './strokes.js';

/** The content of the canvas: strokes or an image. */
export interface Drawing {
  readonly strokes: readonly Stroke[];
  readonly image?: ImageBitmap;
  /** The file of the image, if it is from one. */
  readonly file?: File;
}

const EMPTY: Drawing = { strokes: [] };
const MAX_UNDO_STEPS = 200;

/** The drawing with its previous states, and the stroke that is being drawn. */
export function useDrawing() {
  const [states, setStates] = useState<readonly Drawing[]>([EMPTY]);
  const drawing = states[states.length - 1];
  /** Undefined while the pen is lifted. */
  const [stroke, setStroke] = useState<Stroke>();
  const push = useCallback((next: (drawing: Drawing) => Drawing) => {
    setStates((all) => [...all.slice(-MAX_UNDO_STEPS), next(all[all.length - 1])]);
  }, []);
  return {
    drawing,
    /** With the stroke that is being drawn. */
    shown: useMemo(() => (stroke === undefined ? drawing : withStroke(drawing, stroke)), [drawing, stroke]),
    isPenDown: stroke !== undefined,
    movePen: setStroke,
    canUndo: states.length > 1,
    addStroke: useCallback(
      (complete: Stroke) => {
        setStroke(undefined);
        push((before) => withStroke(before, complete));
      },
      [push],
    ),
    showImage: useCallback(
      (image: ImageBitmap, file?: File) => {
        push(() => ({ strokes: [], image, ...(file && { file }) }));
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

export type DrawingState = ReturnType<typeof useDrawing>;

export function isEmpty({ strokes, image }: Drawing): boolean {
  return strokes.length === 0 && image === undefined;
}

/** The drawing with another stroke, which replaces an image. */
function withStroke({ strokes }: Drawing, stroke: Stroke): Drawing {
  return { strokes: [...strokes, stroke] };
}
