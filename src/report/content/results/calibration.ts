import { formatLoss, formatPercent } from '../../../core/format.js';
import type { DetailedMetrics } from '../../../runs/statistics/detailedMetrics.js';
import type { ProbabilityScores } from '../../../runs/statistics/reliability.js';
import { reliabilityChart } from '../../charts/reliability.js';
import { riskCoverageChart } from '../../charts/riskCoverage.js';
import type { Block, Subsection, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { calibrationMethod } from './calibrationMethod.js';
import { symbol } from '../formulas.js';
import { errorsAmong, runMetrics } from './runMetrics.js';
import { cite, math, reference, sentences, text } from '../text.js';

/** A coverage at which the share of errors is stated, in words. */
const COVERAGE = 0.9;

/** Whether the probabilities of the test images can be relied on, as far as they were recorded, and when predictions are doubtful. */
export function calibrationSubsections(run: ReportRun): Subsection[] {
  const metrics = runMetrics(run);
  const blocks = [
    ...(metrics === undefined ? [] : scoreBlocks(metrics)),
    ...calibrationMethod(run),
    ...(metrics === undefined ? [] : riskBlocks(run, metrics)),
  ];
  return blocks.length === 0 ? [] : [{ id: 'calibration', title: 'Calibration and confidence', blocks }];
}

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
        text`The confidence of a prediction is the probability of the predicted class. Probabilities are calibrated if, among the predictions made with a confidence ${math(symbol('c'))}, a fraction ${math(symbol('c'))} is correct. ${reference('reliability')} compares confidence and accuracy on the test images, which were not used to calibrate. The expected calibration error ${cite('naeini2015obtaining')} is the mean absolute difference between confidence and accuracy in fifteen bins of equal width, weighted by the number of images in each. Log loss is the mean cross-entropy, and the Brier score ${cite('brier1950verification')} is the sum, over the classes, of the squared differences between probability and truth (0 or 1), averaged over the images; both also measure how well the probabilities separate the classes, and are better the lower they are (${reference('calibration-table')}).`,
        effectOf(metrics),
      ),
    },
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
  const { test } = run;
  const errors = errorsAmong(run, COVERAGE);
  const shown = `of the most confident nine tenths of the predictions, ${formatPercent(errors ?? NaN)} are wrong`;
  return [
    {
      type: 'paragraph',
      text: sentences(
        text`If only the most confident predictions count, and a person decides the other images, fewer of the predictions that count are wrong (${reference('risk-coverage')}): ${shown}, against ${formatPercent(1 - test.accuracy)} of all.`,
        text`The area under this curve, the mean share of errors over all coverages, is ${formatPercent(area)}.`,
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
