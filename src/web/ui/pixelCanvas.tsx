import { useEffect, useRef } from 'preact/hooks';
import { useColors } from '../theme.js';

/** An image whose every pixel is a square. */
export interface PixelCanvasProps {
  readonly height: number;
  readonly width: number;
  /** RGBA bytes, given the canvas' own colour and the one that stands against it. */
  readonly paint: (colour: Rgb, against: Rgb) => Uint8ClampedArray<ArrayBuffer>;
  /** For who cannot see it; without one it is left out. */
  readonly label?: string;
  readonly class?: string;
}

export type Rgb = readonly [red: number, green: number, blue: number];

export function PixelCanvas({ height, width, paint, label, class: className }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useColors();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const { color, outlineColor } = getComputedStyle(canvas.current);
    context.putImageData(
      new ImageData(paint(parseColour(color), parseColour(outlineColor)), width, height),
      0,
      0,
    );
  }, [paint, height, width, colours]);
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

/** `rgb(1, 2, 3)`, as browsers compute every colour. */
function parseColour(text: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** Ink in one colour, as strong as each value, from 0 to 1. */
export function tint(values: ArrayLike<number>, [red, green, blue]: Rgb): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(values.length * 4);
  for (let at = 0; at < values.length; at++) rgba.set([red, green, blue, 255 * values[at]], at * 4);
  return rgba;
}
