import { reasonsText } from '#inkling/predict/doubt.js';
import { formatProbability } from '../format.js';
import type { PageModel } from '../pageModel.js';
import type { DrawingPrediction } from './predictDrawing.js';

/** A prediction in words. */
export interface PredictionText {
  readonly headline: string;
  readonly detail: string;
  readonly isConfident: boolean;
}

/** @param result the prediction, or why there is none */
export function predictionText(
  { classes, calibration }: PageModel,
  result: DrawingPrediction | string,
): PredictionText {
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
  const kind = calibration === undefined ? 'Confidence, not calibrated' : 'Calibrated confidence';
  return {
    headline: classes[first],
    detail: `${kind}: ${formatProbability(probabilities[first])}`,
    isConfident: true,
  };
}
