import { formatPercent, formatPValue } from '../../core/format.js';
import { SIGNIFICANT } from '../../runs/compare/statistics.js';
import { formatPoints, formatSigned } from '../content/comparisonText.js';
import { type Context, runTitle } from '../content/context.js';
import { cite, code, reference, sentences, text } from '../content/text.js';
import type { Block, Section, Text } from '../document.js';
import { accuraciesOf, compareFolds, type FoldsPair, meanOfFolds } from './foldStatistics.js';
import type { ReportFolds } from './reportFolds.js';
import { intervalText } from './results.js';

/** Compares cross-validations that have the same folds. */
export function comparisonSection(all: readonly ReportFolds[], context: Context): Section {
  const titles = all.map(({ pooled }) => runTitle(pooled, context));
  const pairs = compareFolds(all);
  return {
    id: 'comparison',
    title: `Comparison of ${new Intl.ListFormat('en-US').format(titles)}`,
    blocks: [
      {
        type: 'paragraph',
        text: sentences(
          text`All have the same folds, so that their results are pairs (${reference('fold-comparison')}).`,
          ...pairs.map((pair) => pairText(pair, titles)),
          text`The test is the corrected resampled t test ${cite('nadeau2003inference')}, which allows for the training images that the folds have in common; the ordinary paired test would find differences where there are none.`,
          pairs.length === 1
            ? []
            : text`The p-values are adjusted by Holm’s method ${cite('holm1979simple')}.`,
        ),
      },
      comparisonTable(all, titles),
    ],
    subsections: [],
  };
}

function pairText(
  { first, second, difference, interval, adjustedPValue }: FoldsPair,
  titles: readonly string[],
): Text {
  const [ours, theirs] = [first, second].map((index) => code(titles[index]));
  const range =
    interval === undefined
      ? ''
      : `95 % confidence interval: ${formatSigned(interval.low)} to ${formatSigned(interval.high)}; `;
  const level = `${100 * SIGNIFICANT} %`;
  return sentences(
    text`The accuracy of ${ours} minus that of ${theirs} is ${formatPoints(difference)} on average (${range}${formatPValue(adjustedPValue)}).`,
    adjustedPValue >= SIGNIFICANT || difference === 0
      ? text`The difference is not significant at the ${level} level: the folds do not show that either is better.`
      : text`${difference > 0 ? ours : theirs} is significantly more accurate at the ${level} level.`,
  );
}

function comparisonTable(all: readonly ReportFolds[], titles: readonly string[]): Block {
  const accuracies = all.map(accuraciesOf);
  const means = all.map(meanOfFolds);
  return {
    type: 'table',
    id: 'fold-comparison',
    caption: text`Accuracy of each fold, and the mean with its corrected 95 % confidence interval.`,
    columns: [
      { title: 'Fold', align: 'left' },
      ...titles.map((title) => ({ title, align: 'right' as const })),
    ],
    rows: [
      ...accuracies[0].map((_, fold): Text[] => [
        [String(fold + 1)],
        ...accuracies.map((values) => text`${formatPercent(values[fold])}`),
      ]),
      [['Mean'], ...means.map(({ mean }) => text`${formatPercent(mean)}`)],
      [['95 % interval'], ...means.map(({ interval }) => text`${intervalText(interval)}`)],
      [['All images'], ...all.map(({ pooled }) => text`${formatPercent(pooled.test.accuracy)}`)],
    ],
  };
}
