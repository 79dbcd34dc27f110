import { useEffect, useRef } from 'preact/hooks';
import { useTexts } from '../texts.js';
import { useColors } from '../theme.js';
import { drawStrokes, PEN_WIDTH, type Point, type Stroke } from './strokes.js';
import type { Drawing } from './useDrawing.js';
import { usePenKeys } from './usePenKeys.js';

interface DrawingCanvasProps {
  readonly drawing: Drawing;
  /** Called at most once per frame while the pen is down, with the stroke so far. */
  readonly onPenMove: (stroke: Stroke) => void;
  /** Called when the pen is lifted, with the whole stroke. */
  readonly onStroke: (stroke: Stroke) => void;
}

/** A canvas to draw on with a mouse, pen, finger or the keyboard. */
export function DrawingCanvas({ drawing, onPenMove, onStroke }: DrawingCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const points = useRef<Point[]>([]);
  const frame = useRef(0);
  const colors = useColors();
  const texts = useTexts();

  const repaint = () => {
    if (canvas.current) paint(canvas.current, drawing, points.current, keys.pen);
  };
  /** Repaints in the next frame, once for all moves until then. */
  const movePen = (more: readonly Point[]) => {
    points.current.push(...more);
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0;
      repaint();
      if (points.current.length > 0) onPenMove([...points.current]);
    });
  };
  const liftPen = () => {
    cancelAnimationFrame(frame.current);
    frame.current = 0;
    const stroke = points.current;
    points.current = [];
    if (stroke.length > 0) onStroke(stroke);
  };
  const keys = usePenKeys(movePen, liftPen);

  useEffect(repaint, [drawing, colors]);
  useEffect(() => {
    const observer = new ResizeObserver(repaint);
    if (canvas.current) observer.observe(canvas.current);
    return () => {
      observer.disconnect();
    };
  });

  return (
    <canvas
      ref={canvas}
      class="canvas"
      tabIndex={0}
      role="application"
      aria-label={texts.drawingCanvas}
      onPointerDown={(event) => {
        if (event.button !== 0 || !event.isPrimary) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        movePen([pointOf(event, event.currentTarget)]);
      }}
      onPointerMove={(event) => {
        const target = event.currentTarget;
        if (!event.isPrimary || !target.hasPointerCapture(event.pointerId)) return;
        const moves = event.getCoalescedEvents();
        movePen((moves.length > 0 ? moves : [event]).map((move) => pointOf(move, target)));
      }}
      onPointerUp={liftPen}
      onPointerCancel={liftPen}
      onKeyDown={keys.onKeyDown}
      onBlur={keys.onBlur}
    />
  );
}

function pointOf({ clientX, clientY }: PointerEvent, canvas: Element): Point {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}

function paint(canvas: HTMLCanvasElement, { strokes, image }: Drawing, pen: Stroke, cursor?: Point): void {
  const side = Math.round(canvas.clientWidth * devicePixelRatio);
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.clearRect(0, 0, side, side);
  if (image !== undefined && pen.length === 0) {
    const scale = side / Math.max(image.width, image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    context.drawImage(image, (side - width) / 2, (side - height) / 2, width, height);
  }
  context.strokeStyle = getComputedStyle(canvas).color;
  const all = pen.length > 0 ? [...strokes, pen] : strokes;
  drawStrokes(context, all, { scale: side, left: 0, top: 0, width: PEN_WIDTH * side });
  if (cursor !== undefined) {
    context.lineWidth = 2 * devicePixelRatio;
    context.beginPath();
    context.arc(cursor.x * side, cursor.y * side, (PEN_WIDTH * side) / 2, 0, 2 * Math.PI);
    context.stroke();
  }
}
