import { formatCount, formatPlural } from '../../../core/format.js';
import { formatValue } from '../../../sweep/formatSweep.js';
import type { Distribution, Value } from '../../../sweep/space/distribution.js';
import type { Parameter } from '../../../sweep/space/space.js';
import type { PrunerName, SamplerName } from '../../../sweep/strategies.js';
import { datasetTitle } from '../../content/context.js';
import { reference, sentences, text } from '../../content/text.js';
import type { Block, Section, Text } from '../../document.js';
import type { ReportSweep } from '../reportSweep.js';

const SAMPLERS: Readonly<Record<SamplerName, string>> = {
  tpe: 'a tree-structured Parzen estimator (TPE)',
  random: 'random sampling',
  'quasi-random': 'a quasi-random sequence',
  grid: 'a grid',
};

const PRUNERS: Readonly<Record<PrunerName, string>> = {
  asha: 'Each trial was paused after a sixteenth of its epochs. The better half was continued to an eighth, and of these, the third to its end that was predicted to end best (successive halving with promotion, ASHA). The others were ended early (pruned).',
  'asha-stopping':
    'After 1, 3, 9, … epochs, a trial was ended (pruned) unless it was among the best third of those that had come as far (successive halving, ASHA, without promotion).',
  median:
    'A trial was ended (pruned) after an epoch if its best epoch was worse than the median of the complete trials at that epoch.',
  none: 'No trial was ended early.',
};

/** What suggested the settings, in words. */
export function samplerTitle(sampler: SamplerName): string {
  return SAMPLERS[sampler];
}

/** What was searched, and how. */
export function searchSection(sweep: ReportSweep): Section {
  return {
    id: 'search',
    title: 'Search',
    blocks: [{ type: 'paragraph', text: overview(sweep) }, spaceTable(sweep), ...fixedTable(sweep)],
    subsections: [],
  };
}

function overview({ definition, target, facts, space, direction }: ReportSweep): Text {
  const { train, validation, test } = facts.dataset;
  const metric =
    direction === 'maximize'
      ? 'the highest validation accuracy of its epochs'
      : 'the lowest validation loss of its epochs';
  return sentences(
    text`The sweep was to have ${formatPlural(target, 'trial')}: trainings with the same images, ${formatCount(train)} for training and ${formatCount(validation)} for validation from ${datasetTitle({ summary: facts })}, and the same seed, ${facts.seed}, but different settings.`,
    text`${reference('space')} lists the ${formatPlural(space.parameters.length, 'setting')} that varied. Their values were suggested by ${samplerTitle(definition.sampler)}.`,
    text`${PRUNERS[definition.pruner]}`,
    text`Trials are compared by ${metric}. The ${formatCount(test)} test images have no part in the search.`,
  );
}

function spaceTable({ space: { parameters } }: ReportSweep): Block {
  const hasConditions = parameters.some(({ when }) => Object.keys(when).length > 0);
  return {
    type: 'table',
    id: 'space',
    caption: text`The settings that varied.`,
    columns: [
      { title: 'Setting', align: 'left' },
      { title: 'Values', align: 'left' },
      ...(hasConditions ? [{ title: 'Varies if', align: 'left' } as const] : []),
    ],
    rows: parameters.map((parameter) => [
      [parameter.name],
      text`${describeDistribution(parameter.distribution)}`,
      ...(hasConditions ? [text`${describeConditions(parameter)}`] : []),
    ]),
  };
}

/** `0.0001 to 0.1, logarithmic`, `32 to 256, in steps of 32`, `adam, sgd` */
function describeDistribution(distribution: Distribution): string {
  if (distribution.kind === 'choice') return distribution.choices.map(formatValue).join(', ');
  const { kind, low, high, step, log } = distribution;
  const range = `${formatValue(low)} to ${formatValue(high)}`;
  if (log) return `${range}, logarithmic`;
  return step === undefined || (kind === 'int' && step === 1)
    ? range
    : `${range}, in steps of ${formatValue(step)}`;
}

function describeConditions({ when }: Parameter): string {
  return Object.entries(when)
    .map(([name, values]) => `${name} is ${values.map(formatValue).join(' or ')}`)
    .join(' and ');
}

/** Settings of where things are, which are not for readers. */
const NOT_SHOWN = ['dataset', 'dataDir', 'threads', 'seed'];

/** The settings that were stated and did not vary. */
function fixedTable({ space: { fixed } }: ReportSweep): Block[] {
  const rows = Object.entries(fixed).filter(([name]) => !NOT_SHOWN.includes(name));
  if (rows.length === 0) return [];
  return [
    {
      type: 'table',
      id: 'fixed-settings',
      caption: text`Settings that were the same in all trials. Others had their defaults.`,
      columns: [
        { title: 'Setting', align: 'left' },
        { title: 'Value', align: 'left' },
      ],
      rows: rows.map(([name, value]) => [[name], text`${formatValue(withoutFolder(name, value))}`]),
    },
  ];
}

/** The folders of this machine are left out of a document that is to be shared. */
function withoutFolder(name: string, value: Value | undefined): Value | undefined {
  const isPath = typeof value === 'string' && (name === 'model' || name === 'initFrom');
  return isPath ? value.replace(/.*[/\\]/, '') : value;
}
