import { useEffect, useRef } from 'preact/hooks';
import { MAX_BYTE, type Rgb } from '#inkling/core/pixels.js';
import { useColors } from './theme.js';

/** An image whose pixels are shown as squares. */
export interface PixelCanvasProps {
  readonly height: number;
  readonly width: number;
  /** Returns RGBA bytes, given the `color` and the `outline-color` of the canvas. */
  readonly paint: (color: Rgb, outlineColor: Rgb) => Uint8ClampedArray<ArrayBuffer>;
  /** For screen readers, which skip a canvas without a label. */
  readonly label?: string;
  readonly class?: string;
}

export function PixelCanvas({ height, width, paint, label, class: className }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colors = useColors();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const { color, outlineColor } = getComputedStyle(canvas.current);
    context.putImageData(
      new ImageData(paint(parseColor(color), parseColor(outlineColor)), width, height),
      0,
      0,
    );
  }, [paint, height, width, colors]);
  return (
    <canvas
      ref={canvas}
      height={height}
      width={width}
      class={`pixels ${className ?? ''}`}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label })}
    />
  );
}

/** Parses `rgb(1, 2, 3)`, the form of every computed color. */
function parseColor(text: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** Paints values from 0 to 1 as the opacity of a color; returns RGBA bytes. */
export function tint(values: ArrayLike<number>, [red, green, blue]: Rgb): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(values.length * 4);
  for (let i = 0; i < values.length; i++) rgba.set([red, green, blue, MAX_BYTE * values[i]], i * 4);
  return rgba;
}
