import { formatDecimal, formatPercent, formatPlural } from '../../../core/format.js';
import type { Calibration } from '../../../interop/calibrationRecord.js';
import { canCalibrate, DEFAULT_THRESHOLD, MIN_CALIBRATION_IMAGES } from '../../../predict/calibration.js';
import { describeSelection } from '../../../predict/fitting/describeSelection.js';
import type { Block, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { symbol, temperatureScaling } from '../formulas.js';
import { confidentShare } from './runMetrics.js';
import { cite, math, reference, sentences, text } from '../text.js';

/** How the probabilities were calibrated, and when a prediction is considered doubtful; nothing for runs of earlier versions. */
export function calibrationMethod(run: ReportRun): Block[] {
  const { calibration } = run.summary;
  if (calibration === undefined) return [];
  const { temperature, threshold, coverage, precision, images } = calibration;
  if (!canCalibrate(images)) {
    return [
      {
        type: 'paragraph',
        text: text`The predicted probabilities were not calibrated, since there were only ${formatPlural(images, 'validation image')}, expected ${MIN_CALIBRATION_IMAGES} or more. For the same reason, no thresholds were fitted: a prediction is considered doubtful if its probability is below ${formatPercent(DEFAULT_THRESHOLD)}.`,
      },
    ];
  }
  return [
    {
      type: 'paragraph',
      text: sentences(
        text`Temperature scaling ${cite('guo2017calibration')} calibrates the probabilities: it divides the logits ${math(symbol('z'))} by a temperature ${math(symbol('T'))}, here ${temperature.toFixed(2)}, which does not change the predicted class (${reference('temperature-scaling')}).`,
        text`The temperature was ${describeSelection(calibration)}.`,
      ),
    },
    { type: 'displayedFormula', id: 'temperature-scaling', formula: temperatureScaling },
    {
      type: 'paragraph',
      text: sentences(
        text`A prediction is considered doubtful if its calibrated probability is below ${formatPercent(threshold)}, or if the image differs from those of training: if ${unfamiliarity(calibration)}.`,
        text`Both thresholds were fitted to the same validation images, of which ${formatPercent(coverage)} have predictions that are not doubtful; ${formatPercent(precision)} of those are correct.`,
        onTestImages(run, threshold),
      ),
    },
  ];
}

function unfamiliarity({ familiarity, logSumExpThreshold }: Calibration): string {
  if (familiarity === undefined) {
    return `the log-sum-exp of the logits is below ${formatDecimal(logSumExpThreshold, 2)}`;
  }
  const detector =
    familiarity.detector === undefined
      ? ''
      : ', minus the margin by which a detector of digits prefers something else to the predicted class';
  return `its familiarity is below ${formatDecimal(familiarity.threshold, 2)}, which is the log-sum-exp of the logits minus the squared distance of its features from the nearest of a few centers of the training images of the predicted class${detector}, each in units of its spread over the validation images`;
}

/** What the threshold of the probability means for images that were not used to fit it. */
function onTestImages(run: ReportRun, threshold: number): Text {
  const share = confidentShare(run, threshold);
  if (share === undefined) return [];
  return text`On the test images, which were not used to fit them, ${formatPercent(share.coverage)} of the predictions reach this probability, and ${formatPercent(share.precision)} of those are correct; the record of the run does not contain what the second rule needs.`;
}
