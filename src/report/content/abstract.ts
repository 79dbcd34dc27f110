import { formatCount, formatPercent, formatPlural, formatPValue, formatSeconds } from '../../core/format.js';
import * as originalReport from '../../core/originalReport.js';
import { ACCURACY_RANGE, describeSample, SIGNIFICANT } from '../../runs/compare/statistics.js';
import type { Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { intervalText } from './results/accuracy.js';
import { type Context, datasetTitle, isGenerated, type RunGroup, runTitle } from './context.js';
import { accuracyOutcome, meanAccuracy } from './original/accuracyOutcome.js';
import { isReproduction } from './original/isReproduction.js';
import { pairWithMain } from './settingPairs.js';
import { cite, code, reference, sentences, strong, text } from './text.js';

/** The main result in a few sentences. */
export function abstract(context: Context): Text {
  const { main, repeats, others } = context;
  const { summary, test } = main;
  const { model, dataset, epochs, timing, stopReason } = summary;
  return sentences(
    stopReason === 'imported'
      ? text`The ${code(model.name)} network (${formatCount(model.parameters)} parameters) was imported and evaluated.`
      : text`The ${code(model.name)} network (${formatCount(model.parameters)} parameters) was trained for ${formatPlural(epochs.length, 'epoch')} on ${formatCount(dataset.train)} images from ${datasetTitle(main)}; ${duration(timing)}.`,
    repeats.length > 1
      ? seedsText(repeats)
      : text`It classifies ${strong(formatPercent(test.accuracy))} of the ${formatCount(test.total)} test images correctly (95 % confidence interval: ${intervalText(test)}), with a macro F1 score of ${formatPercent(test.macroF1)}.`,
    originalText(context),
    ...others.map((group) => comparedText(group, context)),
  );
}

/** The mean over the seeds of the main network. */
function seedsText(runs: RunGroup): Text {
  const [{ test, summary }] = runs;
  const { mean, interval } = describeSample(
    runs.map((run) => run.test.accuracy),
    ACCURACY_RANGE,
  );
  return sentences(
    text`Over ${runs.length} seeds, it classifies ${strong(formatPercent(mean))} of the ${formatCount(test.total)} test images correctly on average (95 % confidence interval of the mean: ${formatPercent(interval.low)} to ${formatPercent(interval.high)}), with a mean macro F1 score of ${formatPercent(meanMacroF1(runs))}.`,
    text`The run with seed ${summary.seed}, which is described in detail, classifies ${formatPercent(test.accuracy)} correctly.`,
  );
}

function meanMacroF1(runs: RunGroup): number {
  return runs.reduce((sum, { test }) => sum + test.macroF1, 0) / runs.length;
}

/** How the result compares with that of the original report, if this one repeats it. */
function originalText(context: Context): Text {
  if (!isReproduction(context)) return [];
  const { testAccuracy } = originalReport;
  const outcome = accuracyOutcome(testAccuracy, context.repeats);
  const verdict =
    outcome === 'reproduced' ? 'equals' : outcome === 'consistent' ? 'is consistent with' : 'differs from';
  return text`The report that this one repeats states ${formatPercent(testAccuracy.value)} ${cite('bayat2025mnist')}; the accuracy measured here ${verdict} it, by the rule in ${reference('reproduction')}.`;
}

function comparedText(group: RunGroup, context: Context): Text {
  const [run] = group;
  const pair = pairWithMain(group, context);
  const { adjustedPValue } = pair.seeds ?? pair.images;
  const test = pair.seeds === undefined ? 'McNemar’s test' : `paired t test over ${pair.seeds.count} seeds`;
  const adjusted = context.others.length > 1 ? ', adjusted by Holm’s method' : '';
  const verdict =
    pair.winner === undefined ? `not significant at the ${100 * SIGNIFICANT} % level` : 'significant';
  const accuracy = `${formatPercent(meanAccuracy(group))}${group.length > 1 ? ` on average over ${group.length} seeds` : ''}`;
  return text`For comparison, ${code(runTitle(run, context))} (${formatCount(run.summary.model.parameters)} parameters) reaches ${accuracy} (${group.length > 1 ? 'mean ' : ''}macro F1 score: ${formatPercent(meanMacroF1(group))}); the difference is ${verdict} (${test}${adjusted}: ${formatPValue(adjustedPValue)}).`;
}

/** The longest duration that is recorded. */
function duration({ totalSeconds, trainSeconds }: ReportRun['summary']['timing']): string {
  return totalSeconds === undefined
    ? `training took ${formatSeconds(trainSeconds)}`
    : `the whole run took ${formatSeconds(totalSeconds)}`;
}

/** Limitations that a reader must know before reading the results. */
export function notices({ summary: { dataset, stopReason } }: ReportRun): Text[] {
  return [
    ...generatedNotice(dataset),
    ...(stopReason === 'imported'
      ? [
          text`The weights of this run were trained elsewhere and imported; only the evaluation was done here.`,
        ]
      : []),
  ];
}

/** That images are not real, if they are not. */
export function generatedNotice(dataset: Pick<ReportRun['summary']['dataset'], 'source' | 'note'>): Text[] {
  if (!isGenerated(dataset)) return [];
  return [
    sentences(
      [strong('These results are for the built-in digits, not for MNIST.')],
      text`The images were generated by a program, so the accuracy does not carry over to handwritten digits.`,
      // The record's note names folders of this machine, which a document to be shared leaves out.
      dataset.note === undefined ? [] : ['They replace the requested data set, which was not found.'],
    ),
  ];
}
