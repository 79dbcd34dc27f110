import { describeHardware } from '../../train/device/usedDevices.js';
import type { Block, MetadataEntry, ReportDocument, Section, Text } from '../document.js';
import { titlesOf } from '../input/frontMatter.js';
import type { ReportInput } from '../input/reportInput.js';
import type { ReportRun } from '../reportRun.js';
import { abstract, notices } from './abstract.js';
import { appendices } from './appendix/appendix.js';
import { comparisonSection } from './comparison.js';
import { type Context, contextOf, datasetTitle, isConvolutional, isGenerated, runsOf } from './context.js';
import { conclusionSection } from './discussion/conclusion.js';
import { dataSection } from './data.js';
import { discussionSection } from './discussion/discussion.js';
import { futureWorkSection } from './discussion/futureWork.js';
import { withFragments } from './fragments.js';
import { introductionSection } from './introduction.js';
import { modelSection } from './model.js';
import { originalReportSections } from './original/originalReport.js';
import { resultsSection } from './results/results.js';
import { code, sentences } from './text.js';
import { trainingSection } from './training.js';

/**
 * Creates the report of the first run, which compares it with the others.
 *
 * @throws {UsageError} if the runs use different data sets or were tested on different images
 */
export function makeReport(
  runs: readonly [ReportRun, ...ReportRun[]],
  { titles, logo, fragments = new Map() }: ReportInput = { titles: {} },
): ReportDocument {
  const context = contextOf(runs);
  const { main } = context;
  const sections = [
    introductionSection(context),
    dataSection(main),
    modelSection(main),
    trainingSection(main, runs),
    resultsSection(context),
    ...comparisonSection(context),
    ...originalReportSections(context),
    discussionSection(context),
    conclusionSection(context),
    futureWorkSection(context),
  ];
  const mark = isGenerated(main.summary.dataset) ? markCaptions : (section: Section) => section;
  const document: ReportDocument = {
    title: titles.title ?? defaultTitle(main),
    ...titlesOf(titles, main.summary.startedAt, logo),
    hasTitlePage: true,
    metadata: metadata(context),
    notices: notices(main),
    abstract: abstract(context),
    sections: sections.map(mark),
    appendices: appendices(context).map(mark),
    network: main.saved,
  };
  return withFragments(document, fragments);
}

function defaultTitle(main: ReportRun): string {
  const network = isConvolutional(main) ? 'a convolutional neural network' : 'a neural network';
  return `Classifying ${datasetTitle(main)} with ${network}`;
}

function metadata(context: Context): MetadataEntry[] {
  const { main, repeats } = context;
  const { environment, version } = main.summary;
  const names = runsOf(context).flatMap(({ name }) => name ?? []);
  const seeds = repeats.map((run) => run.summary.seed);
  const software = [`Inkling ${version}`, ...(environment ? [`Node.js ${environment.node}`] : [])];
  return [
    ...(environment ? entry('Hardware', [`${describeHardware(environment)}, ${environment.platform}`]) : []),
    ...entry('Software', [software.join(', ')]),
    ...entry(seeds.length === 1 ? 'Seed' : 'Seeds', [seeds.join(', ')]),
    ...(names.length === 0
      ? []
      : entry(
          names.length === 1 ? 'Run' : 'Runs',
          names.flatMap((name, index) => (index === 0 ? [code(name)] : [', ', code(name)])),
        )),
  ];
}

function entry(label: string, value: Text): MetadataEntry[] {
  return [{ label, value }];
}

/** Adds to every caption that the images are not real. */
function markCaptions(section: Section): Section {
  const mark = (block: Block): Block =>
    block.type === 'figure' || block.type === 'table' || block.type === 'listing'
      ? { ...block, caption: sentences(block.caption, ['Built-in digits, not MNIST.']) }
      : block;
  return {
    ...section,
    blocks: section.blocks.map(mark),
    subsections: section.subsections.map((each) => ({ ...each, blocks: each.blocks.map(mark) })),
  };
}
