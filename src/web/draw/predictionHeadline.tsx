import { formatShare } from '../format.js';
import type { PageModel } from '../pageModel.js';
import type { DrawingPrediction } from './predictDrawing.js';

/** The answer in words; it is read out once the pen is lifted. */
export function PredictionHeadline(props: {
  reader: PageModel;
  look: DrawingPrediction | string;
  isSettled: boolean;
}) {
  const { reader, look, isSettled } = props;
  const { headline, detail, isSure } = wordsOf(reader, look);
  return (
    <div class={isSure ? 'verdict sure' : 'verdict'}>
      <p class="headline">{headline}</p>
      <p class="detail">{detail}</p>
      <p class="hidden" role="status">
        {isSettled ? `${headline}. ${detail}` : ''}
      </p>
    </div>
  );
}

function wordsOf({ classes, calibration }: PageModel, look: DrawingPrediction | string) {
  if (typeof look === 'string') return { headline: '?', detail: look, isSure: false };
  const { probabilities, ranking, doubtful } = look;
  const [first, second] = ranking;
  if (doubtful) {
    return {
      headline: 'I can’t tell',
      detail: `${classes[first]} perhaps, or ${classes[second]}`,
      isSure: false,
    };
  }
  const measured = calibration === undefined ? '' : ', as measured on images it has not learned from';
  return {
    headline: classes[first],
    detail: `${formatShare(probabilities[first])} sure${measured}`,
    isSure: true,
  };
}
