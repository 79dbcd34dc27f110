import { formatCount, formatLoss, formatPercent, formatPlural } from '../../../core/format.js';
import { describeSample, wilsonInterval } from '../../../runs/compare/statistics.js';
import { concludeSweep } from '../../../sweep/finalists/conclusion.js';
import {
  failuresOf,
  finalistsOf,
  inOrder,
  leadingTrial,
  meanOf,
  seedsOf,
  selectedTrial,
  valuesOf,
} from '../../../sweep/finalists/finalists.js';
import { formatMetric, formatValue, metricName } from '../../../sweep/formatSweep.js';
import { rangeOf, type Trial } from '../../../sweep/trial.js';
import { intervalText } from '../../content/results/accuracy.js';
import { code, reference, sentences, strong, text } from '../../content/text.js';
import type { Block, Section, Text } from '../../document.js';
import type { ReportSweep } from '../reportSweep.js';
import { testOf } from './testScore.js';

type BestTrial = Trial & { readonly value: number };

/** The best trial, its settings, its scores, and what the selection means for them. */
export function resultSection(sweep: ReportSweep): Section {
  const best = leadingTrial(sweep);
  const blocks: Block[] =
    best === undefined
      ? [{ type: 'paragraph', text: ['No trial was trained to its end, so that there is no best one.'] }]
      : [
          { type: 'paragraph', text: validationText(best, sweep) },
          ...finalistBlocks(sweep),
          { type: 'paragraph', text: testText(sweep) },
          settingsTable(best, sweep),
        ];
  return { id: 'result', title: 'Result', blocks, subsections: [] };
}

function validationText(best: BestTrial, sweep: ReportSweep): Text {
  const { trials, direction } = sweep;
  const complete = trials.filter(({ state }) => state === 'complete').length;
  if (isFinalist(sweep)) {
    return text`The best of ${formatPlural(complete, 'complete trial')} by their ${metricName(direction)} were trained again with other seeds, and the one with the best mean was selected: trial ${best.number}, whose ${metricName(direction)} with the seed of the search was ${strong(formatMetric(best.value, direction))} (${reference('best-settings')}).`;
  }
  return sentences(
    text`Of ${formatPlural(complete, 'complete trial')}, trial ${best.number} has the best ${metricName(direction)}, ${strong(formatMetric(best.value, direction))} (${reference('best-settings')}).`,
    complete === 1
      ? []
      : text`Since it was selected because of this value, the value is likely to be too good: the best of ${formatCount(complete)} results is partly the luckiest.`,
    ...closeTrials(best, sweep),
  );
}

/** Whether the best trial was selected by its results for other seeds. */
function isFinalist(sweep: ReportSweep): boolean {
  return seedsOf(sweep).length > 0 && selectedTrial(sweep) !== undefined;
}

/** The results of the finalists for other seeds, and what follows from them; nothing if there are none. */
function finalistBlocks(sweep: ReportSweep): Block[] {
  const conclusion = isFinalist(sweep) ? concludeSweep(sweep) : undefined;
  if (conclusion === undefined) return [];
  const { direction } = sweep;
  return [
    { type: 'paragraph', text: text`The conclusion from ${reference('finalists')}: ${conclusion.text}.` },
    {
      type: 'table',
      id: 'finalists',
      caption: text`The ${metricName(direction)} of the best trials with other seeds than that of the search, and the 95 % confidence interval of its mean (Student’s t, cut off where it would contain impossible values).`,
      columns: [
        { title: 'Trial', align: 'right' },
        { title: 'Seeds', align: 'right' },
        { title: 'Mean', align: 'right' },
        { title: '95 % confidence interval', align: 'right' },
        { title: 'Failed', align: 'right' },
      ],
      rows: inOrder(finalistsOf(sweep), sweep).map((finalist) => {
        const values = valuesOf(finalist);
        const interval = values.length < 2 ? undefined : describeSample(values, rangeOf(direction)).interval;
        return [
          [String(finalist.trial.number)],
          [String(values.length)],
          text`${formatMetric(meanOf(finalist), direction)}`,
          interval === undefined
            ? ['-']
            : text`${formatMetric(interval.low, direction)} to ${formatMetric(interval.high, direction)}`,
          [String(failuresOf(finalist))],
        ];
      }),
    },
  ];
}

/** How many other trials cannot be told apart from the best one by the validation images alone. */
function closeTrials(best: BestTrial, { trials, direction, facts }: ReportSweep): Text[] {
  const others = trials.filter(({ state, number }) => state === 'complete' && number !== best.number);
  const total = facts.dataset.validation;
  if (direction !== 'maximize' || others.length === 0 || total === 0) return [];
  const correct = Math.round(best.value * total);
  const { low } = wilsonInterval(correct, total);
  const close = others.filter(({ value }) => value !== undefined && value >= low).length;
  return [
    text`With ${formatCount(total)} validation images, the 95 % confidence interval of an accuracy of ${formatPercent(best.value)} is ${intervalText({ correct, total })} (Wilson score).`,
    close === 0
      ? text`No other complete trial lies within it.`
      : text`${formatPlural(close, 'other complete trial')} ${close === 1 ? 'lies' : 'lie'} within it, so that the sweep does not show that trial ${best.number} has better settings than ${close === 1 ? 'this one' : 'these'}.`,
  ];
}

function testText(sweep: ReportSweep): Text {
  const score = testOf(sweep);
  if (score === undefined) {
    return text`It has not been scored on the test images yet, which the sweep does when all trials have ended.`;
  }
  const { accuracy, loss, correct, total } = score;
  return text`After all trials had ended, this trial, and no other, was scored on the test images: it classifies ${formatCount(correct)} of ${formatCount(total)} correctly, an accuracy of ${strong(formatPercent(accuracy))} (95 % confidence interval: ${intervalText(score)}, Wilson score). The mean cross-entropy loss is ${formatLoss(loss)}. No selection was based on these images, so that this accuracy, unlike that of the validation, is what to expect of new images of the same kind.`;
}

function settingsTable(best: BestTrial, { space }: ReportSweep): Block {
  const rows = space.parameters.map(({ name }): Text[] => [
    [name],
    best.params[name] === undefined ? ['no effect'] : [code(formatValue(best.params[name]))],
  ]);
  return {
    type: 'table',
    id: 'best-settings',
    caption: text`The settings of the best trial that varied.`,
    columns: [
      { title: 'Setting', align: 'left' },
      { title: `Trial ${best.number}`, align: 'right' },
    ],
    rows,
  };
}
