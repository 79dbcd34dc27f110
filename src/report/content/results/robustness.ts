import { formatCount, formatPercent } from '../../../core/format.js';
import { corruptions } from '../../../images/corrupt/corruptions.js';
import { meanAccuracy } from '../../../runs/measurements/meanAccuracy.js';
import type { Robustness } from '../../../runs/measurements/robustness.js';
import { wilsonInterval } from '../../../runs/compare/statistics.js';
import { type RobustnessCurve, robustnessChart } from '../../charts/robustness.js';
import type { Block, Subsection, Text } from '../../document.js';
import { type Context, groupsOf, type RunGroup, runTitle } from '../context.js';
import { cite, code, reference, sentences, text } from '../text.js';

/** More networks could not be told apart in the figure. */
const MAX_NETWORKS = 5;

/** The title of the mean over all changes. */
const MEAN = 'Mean of all';

/** A network whose robustness was measured, with the means over its runs. */
interface MeasuredNetwork {
  readonly title: string;
  readonly runs: number;
  /** As fractions. */
  readonly unchanged: number;
  readonly corrupted: readonly (readonly number[])[];
}

/** How accurate the networks are on changed images, as far as that was measured. */
export function robustnessSubsections(context: Context): Subsection[] {
  const groups = groupsOf(context).slice(0, MAX_NETWORKS);
  const [first] = groups.flat().flatMap(({ robustness }) => robustness ?? []);
  const networks = groups.flatMap((group) => measuredNetwork(group, context));
  if (networks.length === 0) return [];
  const blocks: Block[] = [
    { type: 'paragraph', text: introduction(first) },
    { type: 'list', items: first.corruptions.map(describeCorruption) },
    { type: 'paragraph', text: findings(networks, first) },
    accuracyTable(networks, first),
    robustnessFigure(networks, first),
  ];
  return [{ id: 'robustness', title: 'Robustness', blocks }];
}

function measuredNetwork(group: RunGroup, context: Context): MeasuredNetwork[] {
  const measured = group.flatMap(({ robustness }) => robustness ?? []);
  if (measured.length === 0) return [];
  const mean = (correctOf: (each: Robustness) => number) =>
    measured.reduce((sum, each) => sum + correctOf(each) / each.total, 0) / measured.length;
  return [
    {
      title: runTitle(group[0], context),
      runs: measured.length,
      unchanged: mean(({ correct }) => correct),
      corrupted: measured[0].corruptions.map(({ levels }, at) =>
        levels.map((_, level) => mean(({ corruptions: each }) => each[at].correct[level])),
      ),
    },
  ];
}

function introduction({ total }: Robustness): Text {
  return sentences(
    text`The ${formatCount(total)} test images were changed in several ways, each at five severities ${cite('hendrycks2019benchmarking')}, after training: neither training nor the selection of an epoch used these images.`,
    text`The networks received the changed images as they are; pixels that come into view repeat those at the edge.`,
  );
}

function describeCorruption({ name, levels }: Robustness['corruptions'][number]): Text {
  const { title, unit } = corruptions[name];
  return text`${title}: ${levels.join(', ')} ${unit}.`;
}

function findings(networks: readonly MeasuredNetwork[], first: Robustness): Text {
  const { total } = first;
  const half = Math.round(total / 2);
  const { low, high } = wilsonInterval(half, total);
  return sentences(
    text`${reference('robustness-table')} and ${reference('robustness-curves')} show the accuracies.`,
    ...networks.map(
      ({ title, unchanged, corrupted }) =>
        text`On average over all corruptions and severities, ${code(title)} classifies ${formatPercent(averageOf(corrupted.flat()))} of the images correctly, and ${formatPercent(unchanged)} of the unchanged ones.`,
    ),
    text`The 95 % confidence interval of a single accuracy on so many images reaches at most ${(50 * (high - low)).toFixed(2)} percentage points to either side.`,
    ...networks.slice(1).map((other) => reversalsText(networks[0], other, first)),
  );
}

/** Where the network that is more accurate on average is the less accurate one, by more than the intervals of both. */
function reversalsText(
  main: MeasuredNetwork,
  other: MeasuredNetwork,
  { corruptions: changes, total }: Robustness,
): Text {
  const isFirst = averageOf(main.corrupted.flat()) >= averageOf(other.corrupted.flat());
  const [better, worse] = isFirst ? [main, other] : [other, main];
  const intervalOf = (accuracy: number) => wilsonInterval(Math.round(accuracy * total), total);
  const reversed = changes.flatMap(({ name }, at) => {
    const levels = better.corrupted[at].flatMap((lower, level) => {
      const higher = worse.corrupted[at][level];
      return intervalOf(higher).low > intervalOf(lower).high ? [{ severity: level + 1, lower, higher }] : [];
    });
    if (levels.length === 0) return [];
    const most = levels.reduce((a, b) => (b.higher - b.lower > a.higher - a.lower ? b : a));
    const list = new Intl.ListFormat('en-US').format(levels.map(({ severity }) => String(severity)));
    const [where, which] =
      levels.length === 1
        ? [`severity ${list}`, '']
        : [`the severities ${list}`, `at severity ${most.severity}, `];
    return [
      `${corruptions[name].title.toLowerCase()} of ${where} (${which}${formatPercent(most.higher)} against ${formatPercent(most.lower)})`,
    ];
  });
  if (reversed.length === 0) {
    return text`Nowhere is ${code(worse.title)} more accurate than ${code(better.title)} by more than the intervals of both.`;
  }
  return text`The order of the averages does not hold for every change: with ${new Intl.ListFormat('en-US').format(reversed)}, ${code(worse.title)} is more accurate than ${code(better.title)} by more than the intervals of both.`;
}

function accuracyTable(networks: readonly MeasuredNetwork[], first: Robustness): Block {
  const severities = [0, ...first.corruptions[0].levels.map((_, level) => level + 1)];
  const several = networks.filter(({ runs }) => runs > 1);
  const cell = (accuracy: number): Text => [(100 * accuracy).toFixed(2)];
  return {
    type: 'table',
    id: 'robustness-table',
    caption: sentences(
      text`Accuracy on changed test images by severity, in %; severity 0 stands for the unchanged images, which the mean leaves out.`,
      several.length === 0
        ? []
        : text`Means over the measured runs: ${several.map(({ title, runs }) => `${runs} of ${title}`).join(', ')}.`,
    ),
    columns: [
      { title: 'Change', align: 'left' },
      { title: 'Network', align: 'left' },
      ...severities.map((severity) => ({ title: String(severity), align: 'right' as const })),
      { title: 'Mean', align: 'right' },
    ],
    rows: [
      ...first.corruptions.flatMap(({ name }, at) =>
        networks.map(({ title, unchanged, corrupted }) => [
          [corruptions[name].title],
          [code(title)],
          ...[unchanged, ...corrupted[at]].map(cell),
          cell(averageOf(corrupted[at])),
        ]),
      ),
    ],
  };
}

function robustnessFigure(networks: readonly MeasuredNetwork[], first: Robustness): Block {
  const curves = first.corruptions.flatMap(({ name }, at) =>
    networks.map(
      ({ title, unchanged, corrupted }): RobustnessCurve => ({
        corruption: corruptions[name].title,
        network: title,
        accuracies: [unchanged, ...corrupted[at]],
      }),
    ),
  );
  const means = networks.map(
    ({ title, unchanged, corrupted }): RobustnessCurve => ({
      corruption: MEAN,
      network: title,
      accuracies: [
        unchanged,
        ...corrupted[0].map((_, level) => averageOf(corrupted.map((accuracies) => accuracies[level]))),
      ],
    }),
  );
  const shown = curves.length > networks.length ? [...curves, ...means] : curves;
  return {
    type: 'figure',
    id: 'robustness-curves',
    caption: text`Accuracy on the changed test images by severity; severity 0 stands for the unchanged images.`,
    altText: `Accuracy by severity. Means over the severities: ${shown.map(({ corruption, network, accuracies }) => `${corruption}, ${network}: ${formatPercent(averageOf(accuracies.slice(1)))}`).join('; ')}.`,
    graphic: { type: 'chart', chart: robustnessChart(shown) },
  };
}

function averageOf(values: readonly number[]): number {
  return meanAccuracy(values, 1);
}
