import { formatCount, formatPercent, formatPlural } from '../../core/format.js';
import { describeHardware } from '../../train/device/usedDevices.js';
import { countEnded, formatMetric, metricName } from '../../sweep/formatSweep.js';
import { leadingTrial } from '../../sweep/finalists/finalists.js';
import { generatedNotice } from '../content/abstract.js';
import { datasetTitle } from '../content/context.js';
import { intervalText } from '../content/results/accuracy.js';
import { code, sentences, strong, text } from '../content/text.js';
import type { MetadataEntry, ReportDocument, Section, Text } from '../document.js';
import { titlesOf } from '../input/frontMatter.js';
import type { ReportInput } from '../input/reportInput.js';
import { influenceSection } from './content/influence.js';
import { resultSection } from './content/result.js';
import { repeatSection } from './content/repeat.js';
import { samplerTitle, searchSection } from './content/search.js';
import { testOf } from './content/testScore.js';
import { trialsSection } from './content/trials.js';
import type { ReportSweep } from './reportSweep.js';

/** Creates the report of a sweep. */
export function makeSweepReport(
  sweep: ReportSweep,
  { titles, logo }: ReportInput = { titles: {} },
): ReportDocument {
  const sections: Section[] = [
    searchSection(sweep),
    resultSection(sweep),
    trialsSection(sweep),
    ...influenceSection(sweep),
    ...repeatSection(sweep),
  ];
  return {
    title: titles.title ?? `Hyperparameter sweep on ${datasetTitle({ summary: sweep.facts })}`,
    ...titlesOf(titles, sweep.startedAt, logo),
    hasTitlePage: false,
    metadata: metadata(sweep),
    notices: notices(sweep),
    abstract: abstract(sweep),
    sections,
    appendices: [],
  };
}

function metadata({ facts, definition, summaries, folderName }: ReportSweep): MetadataEntry[] {
  const { environment } = facts;
  const commands = [...new Set([...summaries.values()].map(({ command }) => command))];
  return [
    {
      label: 'Hardware',
      value: [`${describeHardware(environment)}, ${environment.platform}`],
    },
    { label: 'Software', value: [`Inkling ${definition.version}, Node.js ${environment.node}`] },
    ...commands.map((command) => ({ label: 'Command', value: [code(command)] })),
    { label: 'Seed', value: [String(facts.seed)] },
    { label: 'Sweep', value: [code(folderName)] },
  ];
}

function notices({ trials, target, facts }: ReportSweep): Text[] {
  const ended = countEnded(trials);
  return [
    ...generatedNotice(facts.dataset),
    ...(ended < target
      ? [
          sentences(
            [strong('This sweep has not ended.')],
            text`The report is on the first ${formatPlural(ended, 'trial')} of ${formatCount(target)}.`,
          ),
        ]
      : []),
  ];
}

/** The main result in a few sentences. */
function abstract(sweep: ReportSweep): Text {
  const { trials, direction, space, definition, facts } = sweep;
  const best = leadingTrial(sweep);
  const score = testOf(sweep);
  return sentences(
    text`${formatPlural(countEnded(trials), 'trial')} with different values of ${formatPlural(space.parameters.length, 'setting')} were trained on ${formatCount(facts.dataset.train)} images from ${datasetTitle({ summary: facts })}. The values were suggested by ${samplerTitle(definition.sampler)}.`,
    best === undefined
      ? ['No trial was trained to its end.']
      : text`The best one, trial ${best.number}, has a ${metricName(direction)} of ${strong(formatMetric(best.value, direction))}.`,
    score === undefined
      ? []
      : text`It classifies ${strong(formatPercent(score.accuracy))} of the ${formatCount(score.total)} test images correctly (95 % confidence interval: ${intervalText(score)}). No other trial was scored on them.`,
  );
}
