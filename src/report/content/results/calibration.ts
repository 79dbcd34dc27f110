import { formatLoss, formatPercent } from '../../../core/format.js';
import type { DetailedMetrics } from '../../../runs/statistics/detailedMetrics.js';
import type { ProbabilityScores } from '../../../runs/statistics/reliability.js';
import { reliabilityChart } from '../../charts/reliability.js';
import { riskCoverageChart } from '../../charts/riskCoverage.js';
import type { Block, Subsection, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { calibrationMethod } from './calibrationMethod.js';
import { brierScore, symbol } from '../formulas.js';
import { errorsAmong, runMetrics } from './runMetrics.js';
import { cite, math, reference, sentences, text } from '../text.js';

/** A coverage at which the share of errors is stated, in words. */
const COVERAGE = 0.9;

/** Whether the probabilities of the test images can be relied on, as far as they were recorded, and when predictions are doubtful. */
export function calibrationSubsections(run: ReportRun): Subsection[] {
  const metrics = runMetrics(run);
  const blocks = [
    ...(metrics === undefined ? [] : [definition]),
    ...calibrationMethod(run),
    ...(metrics === undefined ? [] : scoreBlocks(metrics)),
    ...(metrics === undefined ? [] : riskBlocks(run, metrics)),
  ];
  return blocks.length === 0 ? [] : [{ id: 'calibration', title: 'Calibration and confidence', blocks }];
}

const definition: Block = {
  type: 'paragraph',
  text: text`The confidence of a prediction is the probability of the predicted class, which is the highest. Probabilities are calibrated if, among the predictions made with confidence ${math(symbol('c'))}, a fraction ${math(symbol('c'))} is correct.`,
};

/** What is shown: the probabilities of the network, and the calibrated ones if there are any. */
function versionsOf({ uncalibrated, calibrated }: DetailedMetrics): [string, ProbabilityScores][] {
  if (calibrated === undefined) return [['as computed', uncalibrated]];
  return [
    ['before calibration', uncalibrated],
    ['after calibration', calibrated],
  ];
}

function scoreBlocks(metrics: DetailedMetrics): Block[] {
  const versions = versionsOf(metrics);
  const row = (name: string, cell: (scores: ProbabilityScores) => Text): Text[] => [
    [name],
    ...versions.map(([, scores]) => cell(scores)),
  ];
  return [
    {
      type: 'paragraph',
      text: sentences(
        text`${reference('reliability')} compares the confidence with the accuracy on the test images, which were not used to calibrate.`,
        text`For the expected calibration error ${cite('naeini2015obtaining')}, the predictions are divided by their confidence into fifteen bins of equal width: it is the mean absolute difference between the mean confidence and the accuracy of a bin, weighted by the number of its images.`,
        text`The log loss is the mean cross-entropy. The Brier score ${cite('brier1950verification')} adds up, over the classes ${math(symbol('k'))}, the squared differences between the probability ${math(symbol('p'))} and ${math(symbol('u'))}, which is one for the true class and zero for the others; it is the mean of this sum over the ${math(symbol('n'))} images ${math(symbol('j'))} (${reference('brier-score')}). Both also measure how well the probabilities separate the classes, and are better the lower they are (${reference('calibration-table')}).`,
        effectOf(metrics),
      ),
    },
    { type: 'displayedFormula', id: 'brier-score', formula: brierScore },
    {
      type: 'table',
      id: 'calibration-table',
      caption: text`Scores of the probabilities of the test images.`,
      columns: [
        { title: '', align: 'left' },
        ...versions.map(([title]) => ({ title, align: 'right' as const })),
      ],
      rows: [
        ...(metrics.calibrated === undefined
          ? []
          : [[['Temperature'], ['1'], [metrics.calibrated.temperature.toFixed(4)]]]),
        row('Log loss', ({ logLoss }) => [formatLoss(logLoss)]),
        row('Brier score', ({ brierScore }) => [formatLoss(brierScore)]),
        row('Expected calibration error', (scores) => text`${formatPercent(scores.expectedCalibrationError)}`),
      ],
    },
    {
      type: 'figure',
      id: 'reliability',
      caption: text`Reliability of the probabilities of the test images${metrics.calibrated === undefined ? '' : ', before and after calibration'}: accuracy against mean confidence of each bin, with 95 % confidence intervals (Wilson score). Larger circles stand for more images; on the dashed line, probabilities are calibrated.`,
      altText: `Reliability diagram; the expected calibration error is ${versions.map(([title, scores]) => `${formatPercent(scores.expectedCalibrationError)} ${title}`).join(', ')}.`,
      graphic: {
        type: 'chart',
        chart: reliabilityChart(versions.map(([title, { reliability }]) => ({ title, bins: reliability }))),
      },
    },
  ];
}

function effectOf({ uncalibrated, calibrated }: DetailedMetrics): Text {
  const [before, after] = [uncalibrated.expectedCalibrationError, calibrated?.expectedCalibrationError];
  if (after === undefined) return text`The probabilities were not calibrated.`;
  const [from, to] = [before, after].map(formatPercent);
  if (from === to) return text`Calibration leaves the expected calibration error at ${to}.`;
  return after < before
    ? text`Calibration reduces the expected calibration error from ${from} to ${to}.`
    : text`On these images, calibration does not reduce the expected calibration error: it was ${from} and is ${to}.`;
}

function riskBlocks(run: ReportRun, { riskCoverage: { curve, area } }: DetailedMetrics): Block[] {
  const errors = formatPercent(1 - run.test.accuracy);
  const shown = `of the most confident nine tenths of the predictions, ${formatPercent(errorsAmong(run, COVERAGE) ?? NaN)} are wrong`;
  return [
    {
      type: 'paragraph',
      text: sentences(
        text`A person can check the least confident predictions. ${reference('risk-coverage')} shows the share of errors among the others: ${shown}, against ${errors} of all.`,
        text`The area under this curve, the mean share of errors over all coverages, is ${formatPercent(area)}. It would be ${errors}, the share of errors of all predictions, if the confidence were not related to the errors.`,
      ),
    },
    {
      type: 'figure',
      id: 'risk-coverage',
      caption: text`Risk-coverage curve: the share of errors among the most confident predictions on the test images, against their share of all predictions.`,
      altText: `Risk-coverage curve with an area of ${formatPercent(area)}; ${shown}.`,
      graphic: { type: 'chart', chart: riskCoverageChart(curve) },
    },
  ];
}
