import { type Alignment, formatTable } from '#inkling/cli/terminal/tables.js';
import { count, duration, megabytes, percent, quantity, TARGET_ACCURACY } from './formats.js';
import { type Goal, goalsOf, isReached } from './goals.js';
import { networkGoalLines, networkLines } from './networks/tables.js';
import {
  type CommandRecord,
  comparisons,
  type ConvolutionRow,
  type Installed,
  type Kernels,
  type Results,
  type Row,
  scalings,
} from './results.js';

/** The maximum spread on an otherwise idle machine. */
export const MAX_QUIET_SPREAD = 0.25;

/** Formats all results as aligned tables. */
export function formatResults(results: Results): string {
  const { rows, networks, gpu, kernels, command, versions, installed = [], missing } = results;
  const of = (task: Row['task']) => rows.filter((row) => row.task === task);
  const sections: [title: string, lines: string[]][] = [
    ...comparisons.map((task): [string, string[]] => [task, comparisonLines(of(task))]),
    ['networks', networks === undefined ? [] : networkLines(networks)],
    [
      `training on the GPU ${gpu?.adapter ?? ''}`,
      gpu === undefined ? [] : networkLines({ rows: gpu.rows, memory: [] }),
    ],
    ['start-up and memory in training', processLines(of('training'), installed)],
    ...scalings.map((by): [string, string[]] => [
      `training by ${by}`,
      scalingLines(of(`training by ${by}`), by),
    ]),
    ['kernels of a training step on one thread', kernels === undefined ? [] : kernelLines(kernels)],
    [
      '3×3 convolutions on one thread, as a fraction of the peak',
      convolutionLines(kernels?.convolutions ?? []),
    ],
    ['inkling train', command === undefined ? [] : commandLines(command)],
    ['goals', goalLines(goalsOf(results))],
    ['goals of networks', networks === undefined ? [] : networkGoalLines(networks, versions.node)],
    ['not measured', [...missing]],
    ['noise', noiseLines(rows)],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n\n');
}

/** Aligns the first column left and numbers right. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return formatTable(
    [header, ...rows],
    header.map((_, column): Alignment => (column === 0 ? 'left' : 'right')),
  );
}

function comparisonLines(rows: readonly Row[]): string[] {
  return table(
    ['system', 'batch', 'threads', 'images/s', 'per batch', 'spread', 'vs. Inkling'],
    rows.map((row) => {
      const own = rows.find(
        ({ family, batch, threads }) =>
          family === 'Inkling' && batch === row.batch && threads === row.threads,
      );
      const share = own === undefined ? '-' : percent(row.imagesPerSecond / own.imagesPerSecond);
      return [row.system, String(row.batch), String(row.threads), ...speedCells(row), share];
    }),
  );
}

function scalingLines(rows: readonly Row[], by: (typeof scalings)[number]): string[] {
  return table(
    [by, 'images/s', 'per batch', 'spread', 'vs. first'],
    rows.map((row) => [
      count(row[by] ?? NaN),
      ...speedCells(row),
      percent(row.imagesPerSecond / rows[0].imagesPerSecond),
    ]),
  );
}

function speedCells({ imagesPerSecond, median, spread, rounds }: Row): string[] {
  return [count(imagesPerSecond), duration(median), rounds === 1 ? 'one round' : percent(spread)];
}

/** For the first job of each system. */
function processLines(rows: readonly Row[], installed: readonly Installed[]): string[] {
  const names = new Set([...rows.map(({ system }) => system), ...installed.map(({ system }) => system)]);
  return table(
    ['system', 'to first step', 'peak memory', 'installed size', 'packages'],
    [...names].map((name) => {
      const row = rows.find(({ system }) => system === name);
      const size = installed.find(({ system }) => system === name);
      return [
        name,
        ...(row === undefined
          ? ['-', '-']
          : [`${row.startSeconds.toFixed(2)} s`, megabytes(row.peakMegabytes)]),
        ...(size === undefined ? ['-', '-'] : [megabytes(size.megabytes), String(size.packages)]),
      ];
    }),
  );
}

function kernelLines({ peakGigaflops, batch, megaflopsPerImage, rows }: Kernels): string[] {
  const header = ['operation', 'writes', 'per batch', '% of step', 'GFLOP/s', '% of peak'];
  const cells = rows.map(({ operation, tensor, milliseconds, timeShare, gigaflops, peakShare }) => [
    operation,
    tensor,
    duration(milliseconds / 1000),
    percent(timeShare),
    gigaflops?.toFixed(1) ?? '-',
    peakShare === undefined ? '-' : percent(peakShare),
  ]);
  return [
    `peak of one core: ${peakGigaflops.toFixed(1)} GFLOP/s; per image: ${megaflopsPerImage.toFixed(2)} MFLOP; batch ${batch}`,
    ...formatTable([header, ...cells], ['left', 'left', 'right', 'right', 'right', 'right']),
  ];
}

function convolutionLines(rows: readonly ConvolutionRow[]): string[] {
  return table(
    ['channels', 'image', 'forward', 'input gradient', 'weight gradient'],
    rows.map(({ channels, side, forward, inputGrad, weightGrad }) => [
      String(channels),
      `${side}×${side}`,
      ...[forward, inputGrad, weightGrad].map(percent),
    ]),
  );
}

function commandLines({ dataset, firstStepSeconds, firstStepSpread, training }: CommandRecord): string[] {
  const start = `time to first training step: ${firstStepSeconds.toFixed(2)} s (spread ${percent(firstStepSpread)}), ${dataset}`;
  if (training === undefined) return [start];
  const { epochs, totalSeconds, secondsToAccuracy, testAccuracy, peakMegabytes } = training;
  return [
    start,
    `time to ${TARGET_ACCURACY} validation accuracy: ${secondsToAccuracy === undefined ? 'not reached' : `${secondsToAccuracy.toFixed(1)} s`}`,
    `${epochs} epochs: ${totalSeconds.toFixed(1)} s, test accuracy ${(100 * testAccuracy).toFixed(2)} %`,
    `peak memory: ${megabytes(peakMegabytes)}`,
  ];
}

function noiseLines(rows: readonly Row[]): string[] {
  const noisy = rows.filter(({ spread }) => spread > MAX_QUIET_SPREAD);
  if (noisy.length === 0) return [];
  const limit = percent(MAX_QUIET_SPREAD);
  return [
    `${noisy.length} of ${rows.length} rows have a spread above ${limit}: run again on an otherwise idle machine`,
  ];
}

function goalLines(goals: readonly Goal[]): string[] {
  return table(
    ['goal', 'measured', 'target', 'stretch target', 'result'],
    goals.map(({ what, unit, measured, target, stretchTarget, isCost }) => {
      const reached = (value: number) => isReached(measured, value, isCost);
      const verdict = reached(stretchTarget) ? 'stretch target met' : reached(target) ? 'met' : 'missed';
      return [what, ...[measured, target, stretchTarget].map((each) => quantity(each, unit)), verdict];
    }),
  );
}
