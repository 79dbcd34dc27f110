import { calibrationNotice } from '#inkling/predict/calibration.js';
import { reasonsText } from '#inkling/predict/doubt.js';
import { formatProbability } from '../../components/format.js';
import { Headline, type HeadlineText } from '../../components/headline.js';
import type { PageModel } from '../pageModel.js';
import type { DrawingPrediction } from './predictDrawing.js';

/** The prediction in words. */
export function PredictionHeadline(props: {
  model: PageModel;
  result: DrawingPrediction | string;
  isPenDown: boolean;
}) {
  const { model, result, isPenDown } = props;
  return <Headline text={textOf(model, result)} isPenDown={isPenDown} />;
}

function textOf({ classes, calibration }: PageModel, result: DrawingPrediction | string): HeadlineText {
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
