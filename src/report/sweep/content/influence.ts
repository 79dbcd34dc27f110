import { formatWholePercent } from '../../../core/format.js';
import { TRIALS_FOR_IMPORTANCE } from '../../../sweep/analysis/importance.js';
import { metricName } from '../../../sweep/formatSweep.js';
import type { Parameter } from '../../../sweep/space/space.js';
import { code, reference, sentences, text } from '../../content/text.js';
import type { Block, Figure, Section, Text } from '../../document.js';
import { contourChart, hasContour } from '../charts/contour.js';
import { importanceChart } from '../charts/importance.js';
import { parallelChart } from '../charts/parallel.js';
import { slicesChart } from '../charts/slices.js';
import type { ReportSweep } from '../reportSweep.js';

/** How the result depends on the settings; nothing if no trial has a result. */
export function influenceSection(sweep: ReportSweep): Section[] {
  const { trials, importance } = sweep;
  if (!trials.some(({ state, value }) => isEnded(state) && value !== undefined)) return [];
  const pair = mostImportant(sweep);
  const blocks: Block[] = [
    { type: 'paragraph', text: overview(sweep) },
    ...(importance.size > 0 ? [importanceFigure(sweep)] : []),
    parallelFigure(sweep),
    slicesFigure(sweep),
    ...(pair !== undefined && hasContour(sweep, pair) ? [contourFigure(sweep, pair)] : []),
  ];
  return [{ id: 'influence', title: 'Influence of the settings', blocks, subsections: [] }];
}

const isEnded = (state: string) => state === 'complete' || state === 'pruned';

/** The two parameters with the most influence or, if that is not known, the first two. */
function mostImportant({ space, importance }: ReportSweep): readonly [Parameter, Parameter] | undefined {
  const share = ({ name }: Parameter) => importance.get(name) ?? 0;
  const [first, second] = space.parameters.toSorted((a, b) => share(b) - share(a));
  return space.parameters.length < 2 ? undefined : [first, second];
}

function mostImportantText([[name, share]]: ReportSweep['importance']): Text {
  return text`For a trial to be among the best tenth of the complete ones, ${code(name)} matters most, with an importance of ${formatWholePercent(share)} (${reference('importance')}).`;
}

function overview({ importance }: ReportSweep): Text {
  return sentences(
    importance.size === 0
      ? text`With fewer than ${TRIALS_FOR_IMPORTANCE} complete trials, the importance of the settings is not estimated.`
      : mostImportantText(importance),
    text`${reference('parallel')} shows all settings at once, and ${reference('slices')} each on its own.`,
    text`A search tries promising settings more often, so that these figures show where it looked as well as what it found.`,
  );
}

function importanceFigure({ importance }: ReportSweep): Figure {
  return {
    type: 'figure',
    id: 'importance',
    caption: text`The importance of each setting for a trial to be among the best tenth of the complete ones (PED-ANOVA): how much the values in these trials are distributed differently than in all.`,
    altText: `Bar chart of the importance of settings: ${[...importance].map(([name, share]) => `${name} ${formatWholePercent(share)}`).join(', ')}.`,
    graphic: { type: 'chart', chart: importanceChart(importance) },
  };
}

function parallelFigure(sweep: ReportSweep): Figure {
  const names = sweep.space.parameters.map(({ name }) => name);
  return {
    type: 'figure',
    id: 'parallel',
    caption: text`Each line is a trial, which crosses the axis of each setting at its value, and the last axis at its ${metricName(sweep.direction)}.`,
    altText: `Parallel coordinates of all trials, with axes for ${names.join(', ')}, and the ${metricName(sweep.direction)}.`,
    graphic: { type: 'chart', chart: parallelChart(sweep) },
  };
}

function slicesFigure(sweep: ReportSweep): Figure {
  const metric = metricName(sweep.direction);
  return {
    type: 'figure',
    id: 'slices',
    caption: text`The ${metric} by each setting. A trial in which a setting has no effect is not in its chart.`,
    altText: `Scatter plots of the ${metric} by each setting.`,
    graphic: { type: 'chart', chart: slicesChart(sweep) },
  };
}

function contourFigure(sweep: ReportSweep, pair: readonly [Parameter, Parameter]): Figure {
  const metric = metricName(sweep.direction);
  const [first, second] = pair.map(({ name }) => name);
  return {
    type: 'figure',
    id: 'contour',
    caption: text`The ${metric} of complete trials by ${code(first)} and ${code(second)}: the darker, the better. The shading shows the average of the trials nearby, by the share of the trials that are worse; where none are near, there is no shading.`,
    altText: `Contour plot of the ${metric} by ${first} and ${second}.`,
    graphic: { type: 'chart', chart: contourChart(sweep, pair) },
  };
}
