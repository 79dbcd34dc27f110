import type { PageModel } from '../pageModel.js';
import type { DrawingPrediction } from './predictDrawing.js';
import { predictionText } from './predictionText.js';

/** The prediction in words; screen readers announce it when the pen is lifted. */
export function PredictionHeadline(props: {
  model: PageModel;
  result: DrawingPrediction | string;
  isPenDown: boolean;
}) {
  const { model, result, isPenDown } = props;
  const { headline, detail, isConfident } = predictionText(model, result);
  return (
    <div class={isConfident ? 'headline confident' : 'headline'}>
      <p class="class">{headline}</p>
      <p class="detail">{detail}</p>
      <p class="visually-hidden" role="status">
        {isPenDown ? '' : `${headline}. ${detail}`}
      </p>
    </div>
  );
}
