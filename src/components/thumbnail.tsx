import { useCallback } from 'preact/hooks';
import { MAX_BYTE, type Rgb, toUnitFloats } from '#inkling/core/pixels.js';
import { PixelCanvas, tint } from './pixelCanvas.js';

export interface ThumbnailProps {
  /** `[height, width, channels]` */
  readonly shape: readonly number[];
  /** From 0 to 255. */
  readonly pixels: Uint8Array;
  readonly label?: string;
}

/** An image of a data set. One channel is painted in the text color, three channels are red, green and blue. */
export function Thumbnail({ shape: [height, width, channels], pixels, label }: ThumbnailProps) {
  const paint = useCallback(
    (color: Rgb) => (channels === 1 ? tint(toUnitFloats(pixels), color) : opaque(pixels)),
    [pixels, channels],
  );
  return (
    <PixelCanvas height={height} width={width} paint={paint} {...(label === undefined ? {} : { label })} />
  );
}

function opaque(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(MAX_BYTE);
  for (let i = 0; i < rgb.length / 3; i++) rgba.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return rgba;
}
