import { useCallback } from 'preact/hooks';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { tint, PixelCanvas, type Rgb } from './pixelCanvas.js';

export interface ThumbnailProps {
  /** `[height, width, channels]` */
  readonly shape: readonly number[];
  /** From 0 to 255. */
  readonly pixels: Uint8Array;
  readonly label?: string;
}

/** An image of a data set: one channel is ink, three are colours. */
export function Thumbnail({ shape: [height, width, channels], pixels, label }: ThumbnailProps) {
  const paint = useCallback(
    (colour: Rgb) => (channels === 1 ? tint(toUnitFloats(pixels), colour) : opaque(pixels)),
    [pixels, channels],
  );
  return (
    <PixelCanvas height={height} width={width} paint={paint} {...(label === undefined ? {} : { label })} />
  );
}

function opaque(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let at = 0; at < rgb.length / 3; at++) rgba.set(rgb.subarray(at * 3, at * 3 + 3), at * 4);
  return rgba;
}
