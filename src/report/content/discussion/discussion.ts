import { formatCount, formatPercent, formatPlural } from '../../../core/format.js';
import type { Section, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { type Context, type RunGroup, runTitle } from '../context.js';
import { intervalText } from '../results/accuracy.js';
import { pairWithMain } from '../settingPairs.js';
import { code, reference, sentences, text } from '../text.js';

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
    ? text`In the epoch whose weights were tested, the training accuracy exceeded the validation accuracy by ${points} percentage points; the larger this difference, the more the network has adapted to its training images.`
    : text`In the epoch whose weights were tested, the validation accuracy was ${points} percentage points above the training accuracy, which is an average over an epoch in which the network still improved: there is no sign of overfitting.`;
}

function mistakes({ test, saved: { classes } }: ReportRun): Text {
  const errors = test.total - test.correct;
  if (errors === 0)
    return text`The network classifies every test image correctly, so its mistakes cannot be studied.`;
  const recalls = test.perClass.map(({ recall }) => recall);
  const namesOf = (value: number) =>
    new Intl.ListFormat('en-US').format(classes.filter((_, label) => recalls[label] === value));
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
  const { winner } = pairWithMain(group, context);
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
  return sentences(
    text`On images such as these, ${better} is more accurate than ${worse} (${reference('comparison')}); with other seeds, each of them would differ by a few images.`,
    size,
  );
}

function limits({ main, repeats }: Context): Text[] {
  return [
    repeats.length > 1
      ? text`Training was repeated with ${formatPlural(repeats.length, 'seed')}; how much the accuracy varies is known only as well as so few allow.`
      : text`The network was trained with one seed (${main.summary.seed}). How much its accuracy varies with the seed is unknown.`,
    text`The test images are from the same source as the training images. Images from another source may be classified less accurately.`,
    text`The settings were not varied in this report, so other settings may suit the network or the data better.`,
  ];
}
