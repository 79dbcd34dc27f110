import { formatCount, formatPercent, formatWholePercent } from '../../../core/format.js';
import * as originalReport from '../../../core/originalReport.js';
import { formatShape } from '../../../core/shape.js';
import type { ReportRun } from '../../reportRun.js';
import { accuracyOutcome, meanText, type Outcome } from './accuracyOutcome.js';
import { formatPoints } from '../comparisonText.js';
import type { Context, RunGroup } from '../context.js';
import { pairWithMain } from '../settingPairs.js';

/** A value of the original report next to the one measured here. */
export interface ReproductionCheck {
  readonly quantity: string;
  /** The section of the original report that states the value. */
  readonly section: string;
  readonly reported: string;
  readonly measured: string;
  readonly outcome: Outcome;
  /** Whether it was measured; the data and the settings are chosen. */
  readonly isResult: boolean;
}

/** Compares every value of the original report that the runs can be compared with. */
export function checkReproduction(context: Context): ReproductionCheck[] {
  const { main, repeats, others } = context;
  const baselines = others.find(([{ summary }]) => summary.model.name === originalReport.baseline.value);
  const checks = [
    ...dataChecks(main),
    ...settingChecks(main),
    improvementCheck(repeats),
    dependsOnData({
      quantity: 'Test accuracy of the CNN',
      section: originalReport.sections.testAccuracy,
      reported: formatPercent(originalReport.testAccuracy.value),
      measured: meanText(repeats),
      outcome: accuracyOutcome(originalReport.testAccuracy, repeats),
      isResult: true,
    }),
    ...(baselines === undefined ? [] : baselineChecks(context, baselines)),
  ];
  if (originalReport.isOriginalDataset(main.summary.dataset)) return checks.map(({ check }) => check);
  return checks.map(({ check, needsSameData }) =>
    needsSameData ? { ...check, outcome: 'not comparable' } : check,
  );
}

interface Candidate {
  readonly check: ReproductionCheck;
  /** Whether a run on another data set cannot be compared. */
  readonly needsSameData: boolean;
}

const dependsOnData = (check: ReproductionCheck): Candidate => ({ check, needsSameData: true });
const independentOfData = (check: ReproductionCheck): Candidate => ({ check, needsSameData: false });

function exactCheck(
  quantity: string,
  section: string,
  reported: string,
  measured: string,
): ReproductionCheck {
  return {
    quantity,
    section,
    reported,
    measured,
    outcome: outcomeOf(reported === measured),
    isResult: false,
  };
}

function outcomeOf(isReproduced: boolean): Outcome {
  return isReproduced ? 'reproduced' : 'not reproduced';
}

function dataChecks({ summary: { dataset } }: ReportRun): Candidate[] {
  const [height, width, channels] = dataset.shape;
  return [
    exactCheck(
      'Training images',
      originalReport.sections.trainImages,
      formatCount(originalReport.trainImages.value),
      formatCount(dataset.train),
    ),
    exactCheck(
      'Test images',
      originalReport.sections.testImages,
      formatCount(originalReport.testImages.value),
      formatCount(dataset.test),
    ),
    exactCheck(
      'Image shape (channels × height × width)',
      originalReport.sections.imageShape,
      formatShape(originalReport.imageShape.value),
      formatShape([channels, height, width]),
    ),
  ].map(dependsOnData);
}

function settingChecks({ config, summary: { dataset, epochs } }: ReportRun): Candidate[] {
  const measuredFraction = dataset.validation / (dataset.train + dataset.validation);
  return [
    exactCheck(
      'Batch size',
      originalReport.sections.batchSize,
      String(originalReport.batchSize.value),
      String(config.batchSize),
    ),
    exactCheck(
      'Optimizer and learning rate',
      originalReport.sections.optimizer,
      `${originalReport.optimizer.value}, ${originalReport.learningRate.value}`,
      `${config.optimizer}, ${config.learningRate}`,
    ),
    exactCheck(
      'Validation fraction',
      originalReport.sections.validationFraction,
      formatWholePercent(originalReport.validationFraction.value),
      formatWholePercent(measuredFraction),
    ),
    exactCheck(
      'Epochs',
      originalReport.sections.epochs,
      String(originalReport.epochs.value),
      String(epochs.length),
    ),
  ].map(independentOfData);
}

function improvementCheck(runs: RunGroup): Candidate {
  const counts = runs.map(({ summary: { epochs } }) => ({
    improvements: epochs.filter(
      ({ validationAccuracy }, i) => i > 0 && validationAccuracy > epochs[i - 1].validationAccuracy,
    ).length,
    transitions: Math.max(0, epochs.length - 1),
  }));
  const steady = counts.filter(
    ({ improvements, transitions }) => improvements === transitions && transitions > 0,
  );
  const [{ improvements, transitions }] = counts;
  const measured =
    transitions === 0
      ? 'only one epoch'
      : runs.length === 1
        ? `${improvements} of ${transitions} epochs`
        : `every epoch with ${steady.length} of ${runs.length} seeds`;
  return independentOfData({
    quantity: 'Steady improvement in validation accuracy',
    section: originalReport.sections.epochs,
    reported: 'every epoch',
    measured,
    outcome: outcomeOf(steady.length === runs.length),
    isResult: true,
  });
}

function baselineChecks(context: Context, baselines: RunGroup): Candidate[] {
  const { main } = context;
  const [baseline] = baselines;
  const { baselineTestAccuracy } = originalReport;
  const section = originalReport.sections.baselineTestAccuracy;
  const [ours, theirs] = [main, baseline].map(({ summary }) => summary.model.parameters);
  const { images, seeds, winner } = pairWithMain(baselines, context);
  return [
    dependsOnData({
      quantity: 'Test accuracy of the MLP',
      section,
      reported: `about ${formatWholePercent(baselineTestAccuracy.value)}`,
      measured: meanText(baselines),
      outcome: accuracyOutcome(baselineTestAccuracy, baselines),
      isResult: true,
    }),
    independentOfData({
      quantity: 'CNN has fewer parameters than the MLP',
      section,
      reported: 'yes',
      // The original report does not say which MLP it means.
      measured: `${formatCount(ours)} vs. ${formatCount(theirs)} of the MLP chosen here`,
      outcome: 'not comparable',
      isResult: true,
    }),
    dependsOnData({
      quantity: 'CNN is more accurate than the MLP',
      section,
      reported: 'yes',
      measured: `only CNN correct: ${formatCount(images.onlyFirst)}, only MLP correct: ${formatCount(images.onlySecond)}${seeds === undefined ? '' : `; mean difference over ${seeds.count} seeds: ${formatPoints(seeds.difference)}`}`,
      outcome: winner === undefined ? 'inconclusive' : outcomeOf(winner === 0),
      isResult: true,
    }),
  ];
}
