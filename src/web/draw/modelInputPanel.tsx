import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { toBytes } from '#inkling/core/pixels.js';
import { formatDimensions } from '../format.js';
import type { PageModel } from '../pageModel.js';
import { PixelCanvas, type Rgb } from '../ui/pixelCanvas.js';
import { Thumbnail } from '../ui/thumbnail.js';
import type { DrawingPrediction } from './predictDrawing.js';
import { colorBySaliency } from './saliencyColors.js';

/** The model input computed from a drawing or an image, and which of its pixels matter for the prediction. */
export function ModelInputPanel(props: {
  model: PageModel;
  prediction: DrawingPrediction | undefined;
  isPenDown: boolean;
}) {
  const { model, prediction, isPenDown } = props;
  const [height, width, channels] = model.shape;
  const size = formatDimensions([height, width]);
  const pixels = useMemo(() => {
    if (!prediction) return new Float32Array(height * width);
    return model.inputKind !== 'digit' && channels === 1 ? grayToRgb(prediction.pixels) : prediction.pixels;
  }, [model, prediction, height, width, channels]);
  const bytes = useMemo(() => toBytes(pixels), [pixels]);

  const [saliency, setSaliency] = useState<Float32Array>();
  useEffect(() => {
    setSaliency(
      prediction && !isPenDown ? model.saliencyOf(prediction.pixels, prediction.ranking[0]) : undefined,
    );
  }, [model, prediction, isPenDown]);
  const paintSaliency = useCallback(
    (supporting: Rgb, opposing: Rgb) =>
      colorBySaliency(pixels, saliency ?? new Float32Array(height * width), [supporting, opposing]),
    [pixels, saliency, height, width],
  );

  const predicted = prediction ? model.classes[prediction.ranking[0]] : 'the predicted class';
  return (
    <section class="card model-input" aria-label="Model input and saliency">
      <figure>
        <Thumbnail
          shape={[height, width, bytes.length / (height * width)]}
          pixels={bytes}
          label={`Model input, ${size} pixels`}
        />
        <figcaption>Model input: {size} pixels</figcaption>
      </figure>
      <figure>
        <PixelCanvas
          class="saliency"
          height={height}
          width={width}
          paint={paintSaliency}
          label={`Saliency: which pixels count for or against ${predicted}`}
        />
        <figcaption>
          Saliency: which pixels count <b class="supporting">for</b> or <b class="negative">against</b>{' '}
          {predicted}
        </figcaption>
      </figure>
    </section>
  );
}

/** A thumbnail shows one channel as a drawing, so a grayscale image needs three. */
function grayToRgb(gray: Float32Array): Float32Array {
  return Float32Array.from({ length: 3 * gray.length }, (_, i) => gray[Math.floor(i / 3)]);
}
