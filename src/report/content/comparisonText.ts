import { formatCount, formatDecimal, formatPValue, formatPercent, formatPlural } from '../../core/format.js';
import { ACCURACY_RANGE, describeSample, SIGNIFICANT } from '../../runs/compare/statistics.js';
import type { SettingPair } from '../../runs/statistics/compareSettings.js';
import { pairsToDetect, POWER } from '../../runs/statistics/power.js';
import type { Text } from '../document.js';
import { type Context, groupsOf, type RunGroup, runTitle } from './context.js';
import { symbol } from './formulas.js';
import { settingPairs } from './settingPairs.js';
import { cite, code, math, reference, sentences, text } from './text.js';

/** A difference of accuracies that matters: to find it is what a number of seeds is stated for. */
const DETECTABLE = 0.002;
/** Of more pairs, only those with the main network are described in words. */
const MAX_DESCRIBED_PAIRS = 6;

/** The mean of the differences of pairs in units of their standard deviation. */
export const COHENS_D_Z = math({ type: 'scripts', base: symbol('d'), subscript: symbol('z') });

/** `+0.25 percentage points` of a difference of fractions */
export function formatPoints(difference: number): string {
  return `${formatSigned(difference)} percentage points`;
}

/** `+0.25`, `−0.10`, in percentage points */
export function formatSigned(difference: number): string {
  const points = (100 * Math.abs(difference)).toFixed(2);
  if (Number(points) === 0) return points;
  return `${difference < 0 ? '−' : '+'}${points}`;
}

/** The accuracy of each setting, over its seeds if it has several. */
export function accuraciesText(context: Context): Text {
  return sentences(
    ...groupsOf(context).map((group) => {
      const title = code(runTitle(group[0], context));
      const accuracies = group.map(({ test }) => test.accuracy);
      if (group.length === 1)
        return text`${title} classifies ${formatPercent(accuracies[0])} of the test images correctly.`;
      const { mean, interval } = describeSample(accuracies, ACCURACY_RANGE);
      return text`${title} classifies ${formatPercent(mean)} of the test images correctly, the mean over ${group.length} seeds (95 % confidence interval, Student’s t ${cite('student1908probable')}: ${formatPercent(interval.low)} to ${formatPercent(interval.high)}).`;
    }),
    text`${reference('comparison-table')} and ${reference('accuracies')} show all runs.`,
  );
}

/** What the tests say about each pair, and how many seeds would say more. */
export function differencesText(context: Context): Text {
  const pairs = settingPairs(context);
  const described = pairs.length > MAX_DESCRIBED_PAIRS ? pairs.filter(({ first }) => first === 0) : pairs;
  const rest = pairs.length - described.length;
  return sentences(
    ...described.map((pair) => differenceText(pair, context)),
    pairingText(described, context),
    pairs.length === 1
      ? []
      : text`Holm’s method ${cite('holm1979simple')} limits the probability of any false difference among the ${pairs.length} pairs.`,
    rest === 0
      ? []
      : text`The other ${formatPlural(rest, 'pair')} ${rest === 1 ? 'is' : 'are'} in ${reference('pair-tests')}.`,
    ...described.map((pair) => powerText(pair, context)),
  );
}

function differenceText(pair: SettingPair, context: Context): Text {
  const { images, seeds, winner } = pair;
  const [first, second] = titlesOf(pair, context);
  const isAdjusted = settingPairs(context).length > 1;
  const adjusted = isAdjusted ? ', adjusted by Holm’s method' : '';
  const mcnemar = cite('mcnemar1947note');
  const only = text`${code(first)} is correct on ${formatCount(images.onlyFirst)} images, and only ${code(second)} on ${formatCount(images.onlySecond)}: a difference of ${formatPoints(images.difference)} (95 % confidence interval: ${formatSigned(images.interval.low)} to ${formatSigned(images.interval.high)}; Cohen’s g: ${formatDecimal(images.cohensG, 2)}; McNemar’s exact test ${mcnemar}${adjusted}: ${formatPValue(images.adjustedPValue)}). This compares two trained networks, not two ways to train them, which only several seeds can.`;
  const overSeeds =
    seeds === undefined
      ? []
      : [
          ...text`Over the ${seeds.count} seeds that both have, the mean difference between ${code(first)} and ${code(second)} is ${formatPoints(seeds.difference)}${intervalOf(seeds.interval)} (`,
          ...(seeds.cohensD === undefined
            ? ['sign test']
            : text`Cohen’s ${COHENS_D_Z}: ${formatDecimal(seeds.cohensD, 2)}; paired t test`),
          ...text`${adjusted}: ${formatPValue(seeds.adjustedPValue)}).`,
        ];
  const level = `${100 * SIGNIFICANT} %`;
  const conclusion =
    winner === undefined
      ? text`The difference is not significant at the ${level} level: these runs do not show that either is better.`
      : text`${code(winner === pair.first ? first : second)} is significantly more accurate at the ${level} level.`;
  return sentences([firstRunsText(pair, context), ...only], overSeeds, conclusion);
}

/** Of several seeds, names those of the runs that are compared image by image. */
function firstRunsText({ first, second }: SettingPair, context: Context): string {
  const groups = groupsOf(context);
  if ([first, second].every((index) => groups[index].length === 1)) return 'Only ';
  const seeds = [first, second].map((index) => groups[index][0].summary.seed);
  return `Of the first runs of each (${seeds[0] === seeds[1] ? `seed ${seeds[0]}` : `seeds ${seeds.join(' and ')}`}), only `;
}

/** Why runs with the same seed form a pair, where there are several seeds. */
function pairingText(pairs: readonly SettingPair[], context: Context): Text {
  const layersOf = (index: number) => JSON.stringify(groupsOf(context)[index][0].saved.model.layers);
  const paired = pairs.filter(({ seeds }) => seeds !== undefined);
  if (paired.length === 0) return [];
  return paired.every(({ first, second }) => layersOf(first) === layersOf(second))
    ? text`For the paired t test, runs with the same seed form a pair, since they start from the same weights.`
    : text`For the paired t test, runs with the same seed form a pair. Different networks have no initial weights in common, so that pairing them makes the test no more powerful, but leaves it valid.`;
}

function intervalOf(interval: { readonly low: number; readonly high: number } | undefined): string {
  if (interval === undefined) return '';
  return `, with a 95 % confidence interval of ${formatSigned(interval.low)} to ${formatSigned(interval.high)}`;
}

function powerText(pair: SettingPair, context: Context): Text {
  const [first, second] = titlesOf(pair, context);
  if (pair.seeds === undefined) return [];
  return sentences(
    text`Between ${code(first)} and ${code(second)}, the differences of the seeds have a standard deviation of ${formatSigned(pair.seeds.standardDeviation).replace('+', '')} percentage points.`,
    detectionText(pair.seeds, 'the paired t test'),
  );
}

/** How the differences of accuracies of the same seed vary, as far as is known. */
interface Spread {
  /** The number of seeds from which it was estimated. */
  readonly count: number;
  readonly standardDeviation: number;
}

/** How many seeds a test needs. */
export function detectionText({ count, standardDeviation }: Spread, test: string): Text {
  const needed = pairsToDetect(DETECTABLE, standardDeviation);
  const seeds = needed === undefined ? 'more than 10,000 seeds' : `about ${formatPlural(needed, 'seed')}`;
  return text`To detect a difference of ${(100 * DETECTABLE).toFixed(1)} percentage points at the ${100 * SIGNIFICANT} % level (two-sided) with a probability of ${100 * POWER} %, ${test} needs ${seeds} of each; this is a rough estimate, since the standard deviation is that of ${formatPlural(count, 'seed')}.`;
}

/** The titles of the two settings of a pair. */
export function titlesOf(
  { first, second }: Pick<SettingPair, 'first' | 'second'>,
  context: Context,
): [string, string] {
  const groups = groupsOf(context);
  const title = (group: RunGroup) => runTitle(group[0], context);
  return [title(groups[first]), title(groups[second])];
}
