import { formatPercent } from '../../../core/format.js';
import { resolveModel } from '../../../models/resolve.js';
import type { LayerType } from '../../../layers/index.js';
import type { Section, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { type Context, runTitle, runsOf } from '../context.js';
import { code, reference, sentences, text } from '../text.js';

/** What could be examined next, with what this report has measured of it. */
interface Item {
  readonly title: string;
  /** The section or the accuracy that shows it; undefined if this report has not measured it. */
  readonly measured: Text | undefined;
  /** How to do it with Inkling. */
  readonly how: Text;
}

export function futureWorkSection(context: Context): Section {
  const items = itemsOf(context);
  return {
    id: 'future-work',
    title: 'Future work',
    blocks: [
      {
        type: 'paragraph',
        text: sentences(
          text`${reference('future-work-table')} lists what can be examined next, and which of it this report has measured already.`,
          context.main.predictionRecord.examples.length === 0
            ? []
            : text`A confusion matrix and a visualization of predictions, which the original report leaves to future work, are in ${reference('confusion')} and ${reference('example-predictions')}.`,
        ),
      },
      {
        type: 'table',
        id: 'future-work-table',
        caption: text`What can be examined next. The second column says where this report already contains results.`,
        columns: [
          { title: 'Item', align: 'left' },
          { title: 'Measured here', align: 'left' },
          { title: 'With Inkling', align: 'left' },
        ],
        rows: items.map(({ title, measured, how }) => [[title], measured ?? ['no'], how]),
      },
    ],
    subsections: [],
  };
}

function itemsOf(context: Context): Item[] {
  const { main, repeats } = context;
  const has = (type: LayerType) => (run: ReportRun) => countOf(run, type) > 0;
  const isDeeper = (run: ReportRun) => countOf(run, 'conv2d') > countOf(main, 'conv2d');
  return [
    {
      title: 'Dropout',
      measured: accuracies(context, has('dropout')),
      how: command('train --model report-cnn-dropout'),
    },
    {
      title: 'More layers',
      measured: accuracies(context, isDeeper),
      how: command('train --model resnet-small'),
    },
    {
      title: 'Data augmentation',
      measured: accuracies(context, ({ config }) => config.augment !== undefined),
      how: command('train --augment shift,rotate'),
    },
    {
      title: 'More seeds',
      measured: repeats.length > 1 ? [reference('seeds')] : undefined,
      how: text`${code('--seeds')} of ${code('inkling reproduce')}`,
    },
    {
      title: 'Other settings',
      measured: undefined,
      how: command('sweep space.json'),
    },
    {
      title: 'More complex data sets',
      measured: undefined,
      how: command('train --dataset cifar-10'),
    },
  ];
}

const command = (words: string): Text => [code(`inkling ${words}`)];

function countOf({ saved }: ReportRun, type: LayerType): number {
  return resolveModel(saved.model).allLayers.filter(({ layer }) => layer.type === type).length;
}

/** The test accuracies of the runs of a kind; undefined if there are none. */
function accuracies(context: Context, isOfKind: (run: ReportRun) => boolean): Text | undefined {
  const runs = runsOf(context).filter(isOfKind);
  if (runs.length === 0) return undefined;
  return runs.flatMap((run, index) => [
    ...(index === 0 ? [] : [', ']),
    ...text`${code(runTitle(run, context))}: ${formatPercent(run.test.accuracy)}`,
  ]);
}
