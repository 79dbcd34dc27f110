import { calibrationNotice } from '#inkling/predict/calibration.js';
import { reasonsText } from '#inkling/predict/doubt.js';
import { formatProbability } from '../../components/format.js';
import type { PageModel } from '../pageModel.js';
import type { DrawingPrediction } from './predictDrawing.js';

/** The prediction in words; screen readers announce it when the pen is lifted. */
export function PredictionHeadline(props: {
  model: PageModel;
  result: DrawingPrediction | string;
  isPenDown: boolean;
}) {
  const { model, result, isPenDown } = props;
  const { headline, detail, isConfident } = textOf(model, result);
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

function textOf({ classes, calibration }: PageModel, result: DrawingPrediction | string) {
  if (typeof result === 'string') return { headline: '?', detail: result, isConfident: false };
  const { probabilities, ranking, doubtful, reasons } = result;
  const [first, second] = ranking;
  if (doubtful) {
    return {
      headline: 'Not sure',
      detail: `Maybe ${classes[first]} or ${classes[second]}: ${reasonsText(reasons)}.`,
      isConfident: false,
    };
  }
  const isCalibrated = calibration !== undefined && calibrationNotice(calibration) === undefined;
  const kind = isCalibrated ? 'Calibrated confidence' : 'Confidence, not calibrated';
  return {
    headline: classes[first],
    detail: `${kind}: ${formatProbability(probabilities[first])}`,
    isConfident: true,
  };
}
