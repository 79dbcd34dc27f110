import { formatCount, formatPercent, formatPlural } from '../../../core/format.js';
import { meanAccuracy } from '../../../runs/measurements/meanAccuracy.js';
import type { Block, Inline, Section, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { type Context, type RunGroup, runTitle } from '../context.js';
import { formatSigned } from '../comparisonText.js';
import { intervalText } from '../results/accuracy.js';
import { failingMethods } from '../results/explanations.js';
import { runMetrics } from '../results/runMetrics.js';
import { pairWithMain } from '../settingPairs.js';
import { code, reference, sentences, text } from '../text.js';

/** Smaller differences in cost are not discussed. */
const MIN_FACTOR = 2;

/** What the results mean, and what they do not show. */
export function discussionSection(context: Context): Section {
  const { main } = context;
  return {
    id: 'discussion',
    title: 'Discussion',
    blocks: [
      { type: 'paragraph', text: sentences(uncertainty(main), generalization(main)) },
      { type: 'paragraph', text: mistakes(main) },
      ...context.others.map((group) => ({ type: 'paragraph' as const, text: comparison(group, context) })),
      ...furtherBlocks(main),
      { type: 'paragraph', text: text`The results have limits:` },
      { type: 'list', items: limits(context) },
    ],
    subsections: [],
  };
}

function uncertainty({ test }: ReportRun): Text {
  return text`With ${formatCount(test.total)} test images, the accuracy of ${formatPercent(test.accuracy)} is known to within the interval from ${intervalText(test)} (${reference('test-accuracy')}).`;
}

/** Compares the training accuracy of the tested weights with their validation accuracy. */
function generalization({ summary: { epochs, best } }: ReportRun): Text {
  const epoch = epochs.find((each) => each.epoch === best?.epoch);
  if (epoch?.trainAccuracy === undefined) return [];
  const { trainAccuracy, validationAccuracy } = epoch;
  const points = (100 * Math.abs(trainAccuracy - validationAccuracy)).toFixed(2);
  return trainAccuracy > validationAccuracy
    ? text`In the epoch whose weights were tested, the training accuracy exceeded the validation accuracy by ${points} percentage points; since the training accuracy is an average over an epoch in which the network still improved, the difference at its end is larger. It shows how far the network has adapted to its training images.`
    : text`In the epoch whose weights were tested, the validation accuracy was ${points} percentage points above the training accuracy, which is an average over an epoch in which the network still improved: there is no sign of overfitting.`;
}

function mistakes({ test, saved: { classes } }: ReportRun): Text {
  const errors = test.total - test.correct;
  if (errors === 0)
    return text`The network classifies every test image correctly, so its mistakes cannot be studied.`;
  const recalls = test.perClass.map(({ recall }) => recall);
  const namesOf = (value: number) => {
    const names = classes.filter((_, label) => recalls[label] === value);
    return `${names.length === 1 ? 'class' : 'classes'} ${new Intl.ListFormat('en-US').format(names)}`;
  };
  const [lowest, highest] = [Math.min(...recalls), Math.max(...recalls)];
  return sentences(
    text`The network misclassifies ${formatPlural(errors, 'test image')} (${reference('confusion')}).`,
    lowest === highest
      ? text`All classes have the same recall, ${formatPercent(lowest)}.`
      : text`The recall ranges from ${formatPercent(lowest)} (${namesOf(lowest)}) to ${formatPercent(highest)} (${namesOf(highest)}).`,
  );
}

function comparison(group: RunGroup, context: Context): Text {
  const { main } = context;
  const pair = pairWithMain(group, context);
  const { winner } = pair;
  const [other] = group;
  const [ours, theirs] = [main, other].map((run) => code(runTitle(run, context)));
  const [parameters, others] = [main, other].map(({ summary }) => summary.model.parameters);
  const size =
    parameters === others
      ? text`Both have ${formatCount(parameters)} parameters.`
      : text`${ours} has ${formatCount(parameters)} parameters and ${theirs} ${formatCount(others)}.`;
  if (winner === undefined) {
    return sentences(
      text`The test images do not show whether ${ours} or ${theirs} is more accurate (${reference('comparison')}).`,
      size,
    );
  }
  const [better, worse] = winner === 0 ? [ours, theirs] : [theirs, ours];
  const { difference, interval } = pair.seeds ?? pair.images;
  const points = formatSigned(Math.abs(difference)).replace('+', '');
  const range = interval && [interval.low, interval.high].map(Math.abs).sort((a, b) => a - b);
  const within =
    range && ` (95 % confidence interval: ${range.map((each) => (100 * each).toFixed(2)).join(' to ')})`;
  return sentences(
    text`On images such as these, ${better} is more accurate than ${worse} by ${points} percentage points${within ?? ''} (${reference('comparison')}).`,
    spread(context.repeats, ours),
    spread(group, theirs),
    size,
    costText(main, other, [ours, theirs]),
  );
}

/** How much more one network costs than the other, where it costs twice as much at least. */
function costText(main: ReportRun, other: ReportRun, [ours, theirs]: readonly Inline[]): Text {
  const ratioOf = (valueOf: (run: ReportRun) => number) => valueOf(main) / valueOf(other);
  const operations = ratioOf(({ summary }) => summary.model.multiplyAdds);
  const time = ratioOf(({ summary }) => summary.timing.trainSeconds / summary.epochs.length);
  const [more, less] = operations > 1 ? [ours, theirs] : [theirs, ours];
  const [factor, times] = operations > 1 ? [operations, time] : [1 / operations, 1 / time];
  if (!Number.isFinite(times) || factor < MIN_FACTOR) return [];
  return text`${more} takes ${factor.toFixed(1)} times as many multiply-adds per image as ${less}, and ${times.toFixed(1)} times as long for an epoch.`;
}

/** How much the accuracy varies between the seeds of a network. */
function spread(group: RunGroup, title: Inline): Text {
  if (group.length === 1) return [];
  const accuracies = group.map(({ test }) => test.accuracy);
  return text`Over its ${group.length} seeds, the accuracy of ${title} ranges from ${formatPercent(Math.min(...accuracies))} to ${formatPercent(Math.max(...accuracies))}.`;
}

/** What else was measured of the main network, in a sentence each. */
function furtherBlocks(run: ReportRun): Block[] {
  const metrics = runMetrics(run);
  const { robustness, explanations } = run;
  const calibrated = metrics?.calibrated ?? metrics?.uncalibrated;
  const failing = failingMethods(explanations);
  const findings = sentences(
    calibrated === undefined
      ? []
      : text`Its confidence can be relied on as far as the expected calibration error, ${formatPercent(calibrated.expectedCalibrationError)}, says (${reference('calibration')}).`,
    robustness === undefined
      ? []
      : text`On changed images, it classifies ${formatPercent(meanRobustness(robustness))} correctly on average, against ${formatPercent(robustness.correct / robustness.total)} of the unchanged ones (${reference('robustness')}): it has learned images as they are, not what remains the same when they change.`,
    failing.length === 0
      ? []
      : text`Of the maps that are to explain predictions, those of ${new Intl.ListFormat('en-US').format(failing)} depend little on what was learned (${reference('explanations')}).`,
  );
  return findings.length === 0 ? [] : [{ type: 'paragraph', text: findings }];
}

function meanRobustness({ corruptions, total }: NonNullable<ReportRun['robustness']>): number {
  return meanAccuracy(
    corruptions.flatMap(({ correct }) => correct),
    total,
  );
}

function limits({ main, repeats }: Context): Text[] {
  return [
    repeats.length > 1
      ? text`Training was repeated with ${formatPlural(repeats.length, 'seed')}; with so few, how much the accuracy varies is known only roughly.`
      : text`The network was trained with one seed (${main.summary.seed}). How much its accuracy varies with the seed is unknown.`,
    text`The test images are from the same source as the training images. Images from another source may be classified less accurately.`,
    text`The settings were not varied in this report, so other settings may suit the network or the data better.`,
  ];
}
