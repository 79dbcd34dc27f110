import { areEqual } from '../../core/arrays.js';
import { UsageError } from '../../core/errors.js';
import { formatCount, formatPercent } from '../../core/format.js';
import { describeHardware } from '../../train/device/usedDevices.js';
import { generatedNotice } from '../content/abstract.js';
import { commandsSubsections } from '../content/appendix/commands.js';
import { environmentSubsection, settingsSubsection } from '../content/appendix/settings.js';
import { comparedNetworks } from '../content/comparison.js';
import { type Context, contextOf, datasetTitle } from '../content/context.js';
import { sourceSubsection } from '../content/data.js';
import { withFragments } from '../content/fragments.js';
import { comparedNetwork, modelSection } from '../content/model.js';
import { cite, code, reference, sentences, strong, text } from '../content/text.js';
import { settingsTable } from '../content/trainingSettings.js';
import type { Block, ReportDocument, Section, Text } from '../document.js';
import { titlesOf } from '../input/frontMatter.js';
import type { ReportInput } from '../input/reportInput.js';
import { comparisonSection } from './comparison.js';
import { meanOfFolds } from './foldStatistics.js';
import type { ReportRun } from '../reportRun.js';
import type { ReportFolds } from './reportFolds.js';
import { intervalText, resultsSection } from './results.js';

/**
 * Creates the report of a cross-validation, which compares it with others.
 *
 * @throws {UsageError} if they have different data sets or different folds
 */
export function makeFoldsReport(
  all: readonly [ReportFolds, ...ReportFolds[]],
  { titles, logo, fragments = new Map() }: ReportInput = { titles: {} },
): ReportDocument {
  const [first, ...others] = all;
  const context = contextOf([first.pooled, ...others.map(({ pooled }) => pooled)]);
  assertSameFolds(all);
  const { environment, version, seed, dataset, startedAt } = first.pooled.summary;
  const document: ReportDocument = {
    title:
      titles.title ??
      `Cross-validation of ${first.pooled.summary.model.name} on ${datasetTitle(first.pooled)}`,
    ...titlesOf(titles, startedAt, logo),
    hasTitlePage: true,
    metadata: [
      ...(environment === undefined
        ? []
        : [
            {
              label: 'Hardware',
              value: [`${describeHardware(environment)}, ${environment.platform}`],
            },
          ]),
      { label: 'Software', value: [`Inkling ${version}`] },
      { label: 'Seed', value: [String(seed)] },
      { label: 'Runs', value: [all.flatMap(({ runs }) => runs.map(nameOf)).join(', ')] },
    ],
    notices: generatedNotice(dataset),
    abstract: abstract(first),
    sections: [
      introduction(first),
      { id: 'data', title: 'Data', blocks: [], subsections: [sourceSubsection(first.pooled)] },
      modelSection(first.pooled),
      training(first, context),
      resultsSection(first),
      ...(others.length === 0 ? [] : [comparisonSection(all, context)]),
    ],
    appendices: [
      {
        id: 'reproducibility',
        title: 'Reproducibility',
        blocks: [],
        subsections: [
          settingsSubsection(context),
          environmentSubsection(all.flatMap(runsOf), context),
          ...commandsSubsections(context),
        ],
      },
    ],
  };
  return withFragments(document, fragments);
}

/** The run of each fold. */
function runsOf({ pooled, runs }: ReportFolds): ReportRun[] {
  return runs.map((run) => ({ ...pooled, name: nameOf(run), config: run.config, summary: run.summary }));
}

const nameOf = ({ folder }: ReportFolds['runs'][number]) => folder.split(/[\\/]/).at(-1) ?? folder;

function assertSameFolds([first, ...others]: readonly ReportFolds[]): void {
  for (const { folds, pooled } of others) {
    if (areEqual(folds, first.folds)) continue;
    throw new UsageError(
      `report: expected cross-validations with the same folds, got other ones in ${first.pooled.name ?? ''} and ${pooled.name ?? ''}; create a separate report for each`,
    );
  }
}

function abstract(folds: ReportFolds): Text {
  const { pooled, runs } = folds;
  const { mean, interval } = meanOfFolds(folds);
  return text`The ${code(pooled.summary.model.name)} network was cross-validated with ${runs.length} folds of ${formatCount(pooled.test.total)} images from ${datasetTitle(pooled)}. The models classify ${strong(formatPercent(mean))} of the images that they were not trained on correctly, the mean over the folds (95 % confidence interval: ${intervalText(interval)}), with a macro F1 score of ${formatPercent(pooled.test.macroF1)} of all images together.`;
}

function introduction({ pooled, runs }: ReportFolds): Section {
  const { group } = pooled.config;
  return {
    id: 'introduction',
    title: 'Introduction',
    blocks: [
      {
        type: 'paragraph',
        text: sentences(
          text`Cross-validation estimates how well a network classifies images that it was not trained on, from the training images alone: they are divided into ${runs.length} folds, and for each fold, the network is trained on the images of the others and classifies those of the fold.`,
          group === undefined
            ? text`The folds are stratified: each has about the same share of every class.`
            : text`Images of the same group (${code(group)}) are in the same fold, so that no group is both in training and in validation; the shares of the classes are as even as whole groups permit.`,
          text`The test images were not used. The networks were trained, and this report was made, by Inkling ${cite('inkling2026program')}.`,
        ),
      },
    ],
    subsections: [],
  };
}

function training({ pooled, runs }: ReportFolds, context: Context): Section {
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text`One network was trained for each of the ${runs.length} folds, all with the settings in ${reference('settings')}. The epoch with the best validation on the fold was selected, which makes its accuracy a little too high; ${reference('folds')} also states that of the last epoch, which was not selected.`,
    },
    settingsTable(pooled),
    ...comparedNetworks(context).flatMap(({ run, id }) => comparedNetwork(run, id)),
  ];
  return { id: 'training', title: 'Training', blocks, subsections: [] };
}
