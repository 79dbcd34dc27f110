import { count, duration, megabytes, quantity } from './formats.js';
import { goalsOf, isReached } from './goals.js';
import type { Results, Row } from './results.js';
import { LARGEST_QUIET_SPREAD } from './tables.js';

/** Results, and the file they are in, for a link. */
export interface ResultsFile {
  readonly file: string;
  readonly results: Results;
}

/**
 * The tables of docs/performance.md, in Markdown.
 *
 * @param all every result there is, the latest first: the section is about that one, and beside it are those of the same machine
 */
export function performanceSection(all: readonly ResultsFile[]): string {
  const [{ file, results }] = all;
  const { rows, machine, versions, commit, date } = results;
  const here = all.filter((each) => each.results.machine.cpu === machine.cpu);
  return [
    'Training, images a second:',
    speedTable(rows.filter(({ task }) => task === 'training')),
    'Inference, images a second, and the time of a single image:',
    speedTable(rows.filter(({ task }) => task === 'inference')),
    'What it takes, in training with a batch of 64:',
    costTable(results),
    ...commandSentences(results),
    ...noiseSentences(results),
    `Measured with \`npm run bench\` on ${machine.cpu} (${machine.cores} cores), Node ${versions.node}, commit ${commit}, ${date.slice(0, 10)}: ` +
      `medians of ${Math.max(...rows.map(({ rounds }) => rounds))} interleaved rounds, same network, data and threads for all. ` +
      `[All figures](../${file}), [how to read them](../bench/NOTES.md).`,
    'What Inkling is to reach on such a machine, and what it reached with each version of Node.js:',
    goalTable(here),
  ].join('\n\n');
}

/** A row a system, a column a job. */
function speedTable(rows: readonly Row[]): string {
  const jobs = [...new Set(rows.map(jobOf))];
  const systems = [...new Set(rows.map(({ system }) => system))];
  return markdownTable(
    ['', ...jobs],
    systems.map((system) => [
      system,
      ...jobs.map((job) => {
        const row = rows.find((each) => each.system === system && jobOf(each) === job);
        if (row === undefined) return '–';
        return row.batch === 1 ? duration(row.median) : count(row.imagesPerSecond);
      }),
    ]),
  );
}

function jobOf({ batch, threads }: Row): string {
  return batch === 1 ? 'one image' : `batch ${batch}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

function costTable({ rows, installed = [] }: Results): string {
  const starts = rows.filter(({ task }) => task === 'training');
  const systems = [...new Set([...starts, ...installed].map(({ system }) => system))];
  return markdownTable(
    ['', 'start to first step', 'peak memory', 'installed'],
    systems.map((system) => {
      const start = starts.find((row) => row.system === system);
      const size = installed.find((each) => each.system === system);
      return [
        system,
        start === undefined ? '–' : `${start.startSeconds.toFixed(2)} s`,
        start === undefined ? '–' : megabytes(start.peakMegabytes),
        size === undefined ? '–' : megabytes(size.megabytes),
      ];
    }),
  );
}

/** A column for each run, under its version of Node.js, and a row for each goal. */
function goalTable(files: readonly ResultsFile[]): string {
  const columns = files.map(({ results }) => goalsOf(results));
  const wanted = new Map(columns.flat().map((goal) => [goal.what, goal]));
  return markdownTable(
    ['', 'goal', ...files.map(({ file, results }) => `[Node ${results.versions.node}](../${file})`)],
    [...wanted.values()].map(({ what, unit, atLeast, isCost }) => [
      what,
      `${isCost ? '≤' : '≥'} ${quantity(atLeast, unit)}`,
      ...columns.map((goals) => {
        const goal = goals.find((each) => each.what === what);
        if (goal === undefined) return '–';
        const text = quantity(goal.measured, unit);
        return isReached(goal.measured, atLeast, isCost) ? text : `${text}, missed`;
      }),
    ]),
  );
}

function noiseSentences({ rows }: Results): string[] {
  const noisy = rows.filter(({ spread }) => spread > LARGEST_QUIET_SPREAD).length;
  if (noisy === 0) return [];
  return [
    `The machine was not quiet: in ${noisy} of ${rows.length} jobs the rounds lay more than ` +
      `${100 * LARGEST_QUIET_SPREAD} % apart. All systems took turns, so the ratios say more than the figures.`,
  ];
}

function commandSentences({ command }: Results): string[] {
  if (command?.training === undefined) return [];
  const { epochs, totalSeconds, secondsToAccuracy, testAccuracy, peakMegabytes } = command.training;
  const reached =
    secondsToAccuracy === undefined
      ? ''
      : `, 98.8 % of the validation images after ${secondsToAccuracy.toFixed(1)} s`;
  return [
    `\`inkling train\` on MNIST, from the start of the process to its end: ${totalSeconds.toFixed(1)} s for ${epochs} epochs${reached}; ` +
      `${(100 * testAccuracy).toFixed(2)} % of the test images, ${megabytes(peakMegabytes)} of memory at its peak.`,
  ];
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const alignment = header.map((_, column) => (column === 0 ? '---' : '--:'));
  return [header, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
