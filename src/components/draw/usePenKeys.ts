import { useRef } from 'preact/hooks';
import type { Point } from './strokes.js';

/** Distance that one key press moves the pen, as a fraction of the canvas. */
const STEP = 0.04;

const MOVES: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** A pen controlled by the keyboard: arrow keys move it, the space bar lowers and lifts it. */
export function usePenKeys(movePen: (points: readonly Point[]) => void, liftPen: () => void) {
  const pen = useRef<Point | undefined>(undefined);
  const isDown = useRef(false);
  return {
    /** Position of the pen; undefined until a key has moved it. */
    get pen() {
      return pen.current;
    },
    onKeyDown: (event: KeyboardEvent) => {
      const move = MOVES[event.key] as Point | undefined;
      if (move === undefined && event.key !== ' ') return;
      event.preventDefault();
      const from = pen.current ?? { x: 0.5, y: 0.5 };
      pen.current = { x: clamp(from.x + (move?.x ?? 0)), y: clamp(from.y + (move?.y ?? 0)) };
      if (move === undefined) {
        isDown.current = !isDown.current;
        if (!isDown.current) {
          liftPen();
          return;
        }
      }
      movePen(isDown.current ? [pen.current] : []);
    },
    onBlur: () => {
      pen.current = undefined;
      if (isDown.current) liftPen();
      isDown.current = false;
    },
  };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
