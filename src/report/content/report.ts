import { formatCount, formatPercent, formatPlural, formatPValue, formatSeconds } from '../../core/format.js';
import { resolveModel } from '../../models/resolve.js';
import type { Block, Fact, ReportDocument, Section, Text } from '../document.js';
import type { ReportRun } from '../runs.js';
import { claimsSection } from './claims.js';
import { compareRuns, comparisonSection } from './comparison.js';
import { type Context, contextOf, isGenerated, nameOfData, titleOf } from './context.js';
import { dataSection } from './data.js';
import { laterSection } from './later.js';
import { modelSection } from './model.js';
import { intervalText, resultsSection } from './results.js';
import { code, sentences, strong, text } from './text.js';
import { trainingSection } from './training.js';

/** What the command line can say about a report. */
export interface Titles {
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly affiliation?: string | undefined;
}

/**
 * The report of some runs: of the first, beside the others.
 *
 * @throws {UsageError} when the runs are of different data sets
 */
export function makeReport(runs: readonly [ReportRun, ...ReportRun[]], titles: Titles = {}): ReportDocument {
  const context = contextOf(runs);
  const { main } = context;
  const sections = [
    dataSection(main),
    modelSection(main),
    trainingSection(main),
    resultsSection(context),
    ...comparisonSection(context),
    ...claimsSection(context),
    laterSection(context),
  ];
  return {
    title: titles.title ?? defaultTitle(main),
    author: titles.author,
    affiliation: titles.affiliation,
    date: main.summary.startedAt.slice(0, 10),
    facts: facts(context),
    notices: notices(main),
    abstract: abstract(context),
    sections: isGenerated(main.summary.dataset) ? sections.map(markCaptions) : sections,
  };
}

function defaultTitle(main: ReportRun): string {
  const isConvolutional = resolveModel(main.saved.model).allLayers.some(
    ({ layer }) => layer.type === 'conv2d',
  );
  const network = isConvolutional ? 'a convolutional neural network' : 'a neural network';
  return `Classifying ${nameOfData(main)} with ${network}`;
}

function facts({ main, repeats, others }: Context): Fact[] {
  const { summary } = main;
  const { environment, command, version } = summary;
  const runs = [...repeats, ...others.flat()];
  const seeds = repeats.map((run) => run.summary.seed);
  return [
    {
      label: 'Machine',
      value: [`${environment.cpu}, ${environment.threads} threads, ${environment.platform}`],
    },
    { label: 'Software', value: [`Inkling ${version}, Node.js ${environment.node}`] },
    { label: 'Command', value: [code(command)] },
    { label: seeds.length === 1 ? 'Seed' : 'Seeds', value: [seeds.join(', ')] },
    {
      label: runs.length === 1 ? 'Run' : 'Runs',
      value: runs.flatMap(({ name }, place) => (place === 0 ? [code(name)] : [', ', code(name)])),
    },
  ];
}

function notices({ summary: { dataset, stopReason } }: ReportRun): Text[] {
  return [
    ...(isGenerated(dataset)
      ? [
          sentences(
            [strong('These are results on built-in digits, not on MNIST.')],
            text`The images were drawn by a program; what a network reaches on them says nothing about handwriting of people.`,
            // What was tried is in the record; a document that is handed on leaves the folders of the machine out.
            dataset.note === undefined
              ? []
              : ['They stand in for the data set that was asked for, which could be had nowhere.'],
          ),
        ]
      : []),
    ...(stopReason === 'imported'
      ? [text`The weights of this run were trained elsewhere and imported; they were tested here.`]
      : []),
  ];
}

function abstract(context: Context): Text {
  const { main, others } = context;
  const { summary, test } = main;
  const { model, dataset, epochs, timing } = summary;
  const trained =
    summary.stopReason === 'imported'
      ? text`${code(model.name)}, a network with ${formatCount(model.parameters)} parameters, was imported and tested.`
      : text`${code(model.name)}, a network with ${formatCount(model.parameters)} parameters, learned from ${formatCount(dataset.train)} images of ${nameOfData(main)} in ${formatPlural(epochs.length, 'epoch')} and ${formatSeconds(timing.totalSeconds)}.`;
  return sentences(
    trained,
    text`It classifies ${strong(formatPercent(test.accuracy))} of ${formatCount(test.total)} test images correctly (95 % interval ${intervalText(main)}).`,
    ...others.map(([rival]) => {
      const { pValue } = compareRuns(main, rival);
      return text`${code(titleOf(rival, context))}, with ${formatCount(rival.summary.model.parameters)} parameters, reaches ${formatPercent(rival.test.accuracy)} (McNemar’s test: ${formatPValue(pValue)}).`;
    }),
  );
}

/** Says in every caption that the images are not real ones. */
function markCaptions(section: Section): Section {
  const mark = (block: Block): Block =>
    block.type === 'figure' || block.type === 'table'
      ? { ...block, caption: sentences(block.caption, ['Built-in digits, not MNIST.']) }
      : block;
  return {
    ...section,
    blocks: section.blocks.map(mark),
    subsections: section.subsections.map((each) => ({ ...each, blocks: each.blocks.map(mark) })),
  };
}
