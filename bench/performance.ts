import { count, duration, megabytes, quantity, TARGET_ACCURACY } from './formats.js';
import { goalsOf, isReached } from './goals.js';
import { markdownTable } from './markdown.js';
import type { Installed, Results, Row } from './results.js';
import { MAX_QUIET_SPREAD } from './tables.js';

/** Results and their file, for links. */
export interface ResultsFile {
  readonly file: string;
  readonly results: Results;
}

/**
 * The tables of docs/performance.md, in Markdown.
 *
 * @param all all results, newest first: the section describes the newest and compares it with others of the same machine
 * @param own the size of Inkling, which does not depend on the machine
 */
export function performanceSection(all: readonly ResultsFile[], own: Installed): string {
  const [{ file, results }] = all;
  const { rows, machine, versions, commit, date } = results;
  const here = all.filter((each) => each.results.machine.cpu === machine.cpu);
  return [
    'Training, in images per second:',
    speedTable(rows.filter(({ task }) => task === 'training')),
    'Inference, in images per second, and the time per single image:',
    speedTable(rows.filter(({ task }) => task === 'inference')),
    'Start-up time and memory in training with batch size 64, and disk space:',
    costTable(rows, [own, ...(results.installed ?? [])]),
    ...commandSentences(results),
    ...noiseSentences(results),
    `Measured with \`npm run bench\` on ${machine.cpu} (${machine.cores} cores), Node ${versions.node}, commit ${commit}, ${date.slice(0, 10)}: ` +
      `medians of ${Math.max(...rows.map(({ rounds }) => rounds))} interleaved rounds, with the same network, data and number of threads for all systems. ` +
      `See [all results](../${file}) and [how to read them](../bench/NOTES.md).`,
    'Performance goals for such a machine, and results with each version of Node.js:',
    goalTable(here),
  ].join('\n\n');
}

/** One row per system, one column per job. */
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

function costTable(rows: readonly Row[], installed: readonly Installed[]): string {
  const starts = rows.filter(({ task }) => task === 'training');
  const systems = [...new Set([...starts, ...installed].map(({ system }) => system))];
  return markdownTable(
    ['', 'time to first step', 'peak memory', 'installed size'],
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

/** One row per goal and one column per run, headed by its Node.js version. */
function goalTable(files: readonly ResultsFile[]): string {
  const columns = files.map(({ results }) => goalsOf(results));
  const wanted = new Map(columns.flat().map((goal) => [goal.what, goal]));
  return markdownTable(
    ['', 'goal', ...files.map(({ file, results }) => `[Node ${results.versions.node}](../${file})`)],
    [...wanted.values()].map(({ what, unit, target, isCost }) => [
      what,
      `${isCost ? '≤' : '≥'} ${quantity(target, unit)}`,
      ...columns.map((goals) => {
        const goal = goals.find((each) => each.what === what);
        if (goal === undefined) return '–';
        const text = quantity(goal.measured, unit);
        return isReached(goal.measured, target, isCost) ? text : `${text}, missed`;
      }),
    ]),
  );
}

function noiseSentences({ rows }: Results): string[] {
  const noisy = rows.filter(({ spread }) => spread > MAX_QUIET_SPREAD).length;
  if (noisy === 0) return [];
  return [
    `Other processes were running: in ${noisy} of ${rows.length} rows, the times of the rounds spread by more than ` +
      `${100 * MAX_QUIET_SPREAD} %. Rounds of all systems alternated, so ratios are more reliable than absolute times.`,
  ];
}

function commandSentences({ command }: Results): string[] {
  if (command?.training === undefined) return [];
  const { epochs, totalSeconds, secondsToAccuracy, testAccuracy, peakMegabytes } = command.training;
  const reached =
    secondsToAccuracy === undefined
      ? ''
      : `; ${TARGET_ACCURACY} validation accuracy after ${secondsToAccuracy.toFixed(1)} s`;
  return [
    `\`inkling train\` on MNIST takes ${totalSeconds.toFixed(1)} s for ${epochs} epochs, including start-up${reached}; ` +
      `test accuracy ${(100 * testAccuracy).toFixed(2)} %, peak memory ${megabytes(peakMegabytes)}.`,
  ];
}
