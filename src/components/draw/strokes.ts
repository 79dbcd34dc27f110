/** A position on the canvas; both coordinates are from 0 to 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points from where the pen touches the canvas to where it is lifted. */
export type Stroke = readonly Point[];

/** Width of the pen as a fraction of the canvas. */
export const PEN_WIDTH = 0.07;

/** Draws strokes as smooth curves: quadratic Bézier curves between the midpoints of neighboring points. */
export function drawStrokes(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  strokes: readonly Stroke[],
  { scale, left, top, width }: { scale: number; left: number; top: number; width: number },
): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.lineWidth = width;
  for (const stroke of strokes) {
    const points = stroke.map(({ x, y }) => ({ x: (x - left) * scale, y: (y - top) * scale }));
    const last = points[points.length - 1];
    context.beginPath();
    context.moveTo(points[0].x, points[0].y);
    points.slice(0, -1).forEach((point, i) => {
      const next = points[i + 1];
      context.quadraticCurveTo(point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2);
    });
    // A line of length zero would not be drawn: a dot needs some length.
    context.lineTo(last.x + 0.01, last.y);
    context.stroke();
  }
}

/** The smallest square around the strokes: its center and side. */
export function boundingSquareOf(strokes: readonly Stroke[]): { x: number; y: number; side: number } {
  const [xs, ys] = [strokes.flat().map(({ x }) => x), strokes.flat().map(({ y }) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, side: Math.max(right - left, bottom - top) };
}
