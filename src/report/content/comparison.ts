import { formatPercent } from '../../core/format.js';
import { wilsonInterval } from '../../runs/compare/statistics.js';
import { accuracyChart } from '../charts/accuracies.js';
import type { Block, Section } from '../document.js';
import { drawImageRows } from '../draw/imageRows.js';
import type { ReportRun } from '../reportRun.js';
import { comparisonTables, pairedResultsTable, pairTestsTable, runsTables } from './comparisonTables.js';
import { accuraciesText, differencesText } from './comparisonText.js';
import { type Context, groupsOf, runTitle } from './context.js';
import { comparedNetwork } from './model.js';
import { code, reference, sentences, text } from './text.js';

/** At most this many images per network are shown of those that only it classifies correctly. */
const MAX_DISAGREEMENTS = 8;

/** Compares all networks with each other, if there are several. */
export function comparisonSection(context: Context): Section[] {
  const { main, others } = context;
  if (others.length === 0) return [];
  const runs = runsTables(context);
  const blocks: Block[] = [
    ...networkBlocks(context),
    {
      type: 'paragraph',
      text: sentences(
        accuraciesText(context),
        runs.length === 0 ? [] : text`${reference('runs-table')} lists the seeds of each.`,
      ),
    },
    ...comparisonTables(context),
    accuracyFigure(context),
    ...runs,
    {
      type: 'paragraph',
      text: sentences(
        differencesText(context),
        text`${reference('paired-results')} counts the images, and ${reference('pair-tests')} lists the tests.`,
      ),
    },
    pairedResultsTable(context),
    pairTestsTable(context),
    ...others.flatMap(([other], index) => disagreements(main, other, { context, index })),
  ];
  return [{ id: 'comparison', title: comparisonTitle(context), blocks, subsections: [] }];
}

/** The other networks that differ from the main one, with the ids of their tables. */
export function comparedNetworks({
  main,
  others,
}: Context): { readonly run: ReportRun; readonly id: string }[] {
  const layersOf = ({ saved }: ReportRun) => JSON.stringify(saved.model.layers);
  const networks = new Map([main, ...others.map(([run]) => run)].map((run) => [layersOf(run), run]));
  networks.delete(layersOf(main));
  return [...networks.values()].map((run, index) => ({ run, id: `modules-${index + 2}` }));
}

function networkBlocks(context: Context): Block[] {
  return comparedNetworks(context).flatMap(({ run, id }) => comparedNetwork(run, id));
}

/** `Comparison of a and b`, `Comparison of a, b, and c` */
function comparisonTitle(context: Context): string {
  const titles = groupsOf(context).map(([first]) => runTitle(first, context));
  return `Comparison of ${new Intl.ListFormat('en-US').format(titles)}`;
}

function accuracyFigure(context: Context): Block {
  const estimates = groupsOf(context).flatMap((group) =>
    group.map((run) => ({
      title: `${runTitle(group[0], context)}, seed ${run.summary.seed}`,
      value: run.test.accuracy,
      ...wilsonInterval(run.test.correct, run.test.total),
    })),
  );
  return {
    type: 'figure',
    id: 'accuracies',
    caption: text`Test accuracy of each run with its 95 % confidence interval. The axis does not start at zero.`,
    altText: `Test accuracies with confidence intervals: ${estimates.map(({ title, value }) => `${title} ${formatPercent(value)}`).join('; ')}.`,
    graphic: { type: 'chart', chart: accuracyChart(estimates) },
  };
}

interface Placement {
  readonly context: Context;
  /** Of the other network among all others. */
  readonly index: number;
}

/** Recorded test images that only one of two networks classifies correctly; they are errors of the other one. */
function disagreements(main: ReportRun, other: ReportRun, { context, index }: Placement): Block[] {
  const { classes } = main.saved;
  const onlyCorrectIn = (correct: ReportRun, incorrect: ReportRun) => {
    const { examples, labels, predictions } = incorrect.predictionRecord;
    const shown = examples
      .filter(
        ({ image }) =>
          correct.predictionRecord.predictions[image] === labels[image] &&
          predictions[image] !== labels[image],
      )
      .slice(0, MAX_DISAGREEMENTS);
    return {
      title: runTitle(correct, context),
      images: shown.map(({ pixels }) => pixels),
      labels: shown.map(({ image }) => `${classes[labels[image]]} as ${classes[predictions[image]]}`),
    };
  };
  const rows = [onlyCorrectIn(main, other), onlyCorrectIn(other, main)].filter(
    ({ images }) => images.length > 0,
  );
  if (rows.length === 0) return [];
  const hasSeeds = groupsOf(context).some((group) => group.length > 1);
  const id = index === 0 ? 'disagreements' : `disagreements-${index + 1}`;
  const names = text`${code(runTitle(main, context))} and ${code(runTitle(other, context))}`;
  return [
    {
      type: 'paragraph',
      text: [
        ...text`${reference(id)} shows test images that only one of the two networks `,
        ...names,
        ...text` classifies correctly.`,
      ],
    },
    {
      type: 'figure',
      id,
      caption: text`Test images that only the network named on the left classifies correctly, of ${code(runTitle(main, context))} and ${code(runTitle(other, context))}, in descending order of the other network’s confidence. Below each image: its class, and as what the other network classifies it.${hasSeeds ? ' The first run of each is shown.' : ''}`,
      altText: rows
        .map(
          ({ title, images, labels }) =>
            `${images.length} images that only ${title} classifies correctly: ${labels.join(', ')}.`,
        )
        .join(' '),
      graphic: { type: 'drawing', drawing: drawImageRows(rows, main.summary.dataset.shape) },
    },
  ];
}
