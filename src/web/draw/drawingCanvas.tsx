import { useEffect, useRef } from 'preact/hooks';
import { useColors } from '../theme.js';
import type { Drawing } from './useDrawing.js';
import { drawStrokes, PEN_WIDTH, type Point, type Stroke } from './strokes.js';
import { usePenKeys } from './penKeys.js';

interface PaperProps {
  readonly drawing: Drawing;
  /** Called at most once a frame while the pen is down, with the stroke so far. */
  readonly onPen: (stroke: Stroke) => void;
  /** Called when the pen is lifted. */
  readonly onStroke: (stroke: Stroke) => void;
}

/** Where one draws, with a mouse, a pen, a finger, or the keyboard. */
export function DrawingCanvas({ drawing, onPen, onStroke }: PaperProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const points = useRef<Point[]>([]);
  const frame = useRef(0);
  const colours = useColors();

  const redraw = () => {
    if (canvas.current) paint(canvas.current, drawing, points.current, keys.pen);
  };
  /** Shows what the pen does with the next frame; several moves share one. */
  const movePen = (more: readonly Point[]) => {
    points.current.push(...more);
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0;
      redraw();
      if (points.current.length > 0) onPen([...points.current]);
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

  useEffect(redraw, [drawing, colours]);
  useEffect(() => {
    const observer = new ResizeObserver(redraw);
    if (canvas.current) observer.observe(canvas.current);
    return () => {
      observer.disconnect();
    };
  });

  return (
    <canvas
      ref={canvas}
      class="paper"
      tabIndex={0}
      role="application"
      aria-label="Paper to draw on. Arrow keys move the pen, the space bar puts it down and lifts it."
      onPointerDown={(event) => {
        if (event.button !== 0 || !event.isPrimary) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        movePen([placeOf(event, event.currentTarget)]);
      }}
      onPointerMove={(event) => {
        const paper = event.currentTarget;
        if (!event.isPrimary || !paper.hasPointerCapture(event.pointerId)) return;
        const moves = event.getCoalescedEvents();
        movePen((moves.length > 0 ? moves : [event]).map((move) => placeOf(move, paper)));
      }}
      onPointerUp={liftPen}
      onPointerCancel={liftPen}
      onKeyDown={keys.onKeyDown}
      onBlur={keys.onBlur}
    />
  );
}

function placeOf({ clientX, clientY }: PointerEvent, paper: Element): Point {
  const { left, top, width, height } = paper.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}

function paint(canvas: HTMLCanvasElement, { strokes, picture }: Drawing, pen: Stroke, cursor?: Point): void {
  const side = Math.round(canvas.clientWidth * devicePixelRatio);
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.clearRect(0, 0, side, side);
  if (picture !== undefined && pen.length === 0) {
    const scale = side / Math.max(picture.width, picture.height);
    const [width, height] = [picture.width * scale, picture.height * scale];
    context.drawImage(picture, (side - width) / 2, (side - height) / 2, width, height);
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
