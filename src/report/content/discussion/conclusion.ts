import { formatCount, formatPercent, formatPlural } from '../../../core/format.js';
import { ACCURACY_RANGE, describeSample } from '../../../runs/compare/statistics.js';
import type { Section, Text } from '../../document.js';
import { type Context, datasetTitle, isConvolutional, runTitle } from '../context.js';
import { intervalText } from '../results/accuracy.js';
import { pairWithMain } from '../settingPairs.js';
import { code, sentences, text } from '../text.js';

/** The main results, and what follows from them. */
export function conclusionSection(context: Context): Section {
  return {
    id: 'conclusion',
    title: 'Conclusion',
    blocks: [{ type: 'paragraph', text: sentences(summary(context), ...comparisons(context)) }],
    subsections: [],
  };
}

function summary({ main, repeats }: Context): Text {
  const { test, summary: run } = main;
  const trained =
    run.stopReason === 'imported'
      ? 'was imported and'
      : `was trained for ${formatPlural(run.epochs.length, 'epoch')} and`;
  const network = text`The network ${code(run.model.name)} with ${formatCount(run.model.parameters)} parameters ${trained} classifies `;
  const images = `of the test images from ${datasetTitle(main)} correctly`;
  if (repeats.length === 1) {
    return [
      ...network,
      ...text`${formatPercent(test.accuracy)} ${images} (95 % confidence interval: ${intervalText(test)}).`,
    ];
  }
  const { mean, interval } = describeSample(
    repeats.map((each) => each.test.accuracy),
    ACCURACY_RANGE,
  );
  return [
    ...network,
    ...text`${formatPercent(mean)} ${images}, the mean over ${formatPlural(repeats.length, 'seed')} (95 % confidence interval: ${formatPercent(interval.low)} to ${formatPercent(interval.high)}).`,
  ];
}

function comparisons(context: Context): Text[] {
  const { main, others } = context;
  return others.map((group) => {
    const { winner } = pairWithMain(group, context);
    const [ours, theirs] = [main, group[0]].map((run) => code(runTitle(run, context)));
    if (winner === undefined) {
      return text`Whether ${ours} or ${theirs} is more accurate is undecided: the difference on the test images is not significant.`;
    }
    const [better, worse] = winner === 0 ? [ours, theirs] : [theirs, ours];
    return sentences(
      text`${better} is significantly more accurate than ${worse} on the test images.`,
      winner === 0 ? reason(context) : [],
    );
  });
}

/** Why convolutional networks suit images, if that is what distinguishes the networks. */
function reason({ main, others }: Context): Text {
  if (!isConvolutional(main) || others.some(([other]) => isConvolutional(other))) return [];
  return text`A reason may be that convolutions share their weights between all positions and keep the arrangement of the pixels, while a network of linear layers has to learn that neighboring pixels belong together; this report does not test it.`;
}
