import { useMemo, useState } from 'preact/hooks';
import { toBytes } from '#inkling/core/pixels.js';
import { METHOD_TITLES } from '#inkling/explain/methods.js';
import { Choice } from '../../components/choice.js';
import { formatDimensions } from '../../components/format.js';
import type { PageModel } from '../pageModel.js';
import { Notice } from '../../components/notice.js';
import { SaliencyCanvas } from '../../components/saliencyCanvas.js';
import { Thumbnail } from '../../components/thumbnail.js';
import type { DrawingPrediction } from './predictDrawing.js';
import { useSaliency } from './useSaliency.js';

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

  const [method, setMethod] = useState(model.defaultMethod);
  const result = useSaliency(model, isPenDown ? undefined : prediction, method);
  const saliency = typeof result === 'string' ? undefined : result;
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
        <SaliencyCanvas
          shape={model.shape}
          pixels={pixels}
          saliency={saliency}
          label={`Saliency: which pixels count for ${method === 'occlusion' ? 'or against ' : ''}${predicted}`}
        />
        {method === 'occlusion' ? (
          <figcaption>
            Saliency: which pixels count <b class="supporting">for</b> or <b class="negative">against</b>{' '}
            {predicted}
          </figcaption>
        ) : (
          <figcaption>
            Saliency: how much each part counts for {predicted}, from violet to yellow
            {saliency?.layer !== undefined && `; layer ${saliency.layer}`}
          </figcaption>
        )}
      </figure>
      {typeof result === 'string' && <Notice isError>{result}</Notice>}
      {model.methods.length > 1 && (
        <Choice
          label="Method"
          value={method}
          options={model.methods.map((each) => [each, METHOD_TITLES[each]])}
          onChange={setMethod}
        />
      )}
    </section>
  );
}

/** A thumbnail shows one channel as a drawing, so a grayscale image needs three. */
function grayToRgb(gray: Float32Array): Float32Array {
  return Float32Array.from({ length: 3 * gray.length }, (_, i) => gray[Math.floor(i / 3)]);
}
