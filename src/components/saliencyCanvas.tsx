import { useCallback } from 'preact/hooks';
import type { Rgb } from '#inkling/core/pixels.js';
import type { Shape } from '#inkling/core/shape.js';
import type { Saliency } from '#inkling/explain/explainer.js';
import { colorBySaliency } from '#inkling/explain/saliencyColors.js';
import { PixelCanvas } from './pixelCanvas.js';

/** Which pixels of an image matter; gray until that is known. */
export function SaliencyCanvas(props: {
  /** `[height, width, channels]` */
  shape: Shape;
  /** Of this shape, from 0 to 1. */
  pixels: Float32Array;
  saliency: Pick<Saliency, 'method' | 'values'> | undefined;
  label: string;
}) {
  const { shape, pixels, saliency, label } = props;
  const [height, width] = shape;
  const paint = useCallback(
    (supporting: Rgb, opposing: Rgb) => {
      const none = { method: 'occlusion', values: new Float32Array(height * width) } as const;
      return colorBySaliency(pixels, saliency ?? none, { supporting, opposing });
    },
    [pixels, saliency, height, width],
  );
  return <PixelCanvas class="saliency" height={height} width={width} paint={paint} label={label} />;
}
