import { duration, megabytes, quantity } from '../formats.js';
import { markdownTable } from '../markdown.js';
import type { Results } from '../results.js';
import { median } from '../statistics.js';
import { describeJob, describeQuantity, type NetworkGoal, networkGoals, verdictOf } from './goals.js';
import { isOf, type Job } from './ratios.js';
import type { NetworkRow, Networks } from './results.js';
import { interval, unitOf } from './tables.js';

/** A comparison of networks and its file, for links. */
export interface NetworksFile {
  readonly file: string;
  readonly results: Results & { readonly networks: Networks };
}

/** The columns of the times: what a row must be to belong to one. */
const COLUMNS = [
  { title: 'Inkling', family: 'Inkling', variant: undefined },
  { title: 'PyTorch, contiguous', family: 'PyTorch', variant: 'contiguous' },
  { title: 'PyTorch, channels last', family: 'PyTorch', variant: 'channels last' },
  { title: 'PyTorch, torch.compile', family: 'PyTorch', variant: 'torch.compile' },
  { title: 'onnxruntime-node', family: 'onnxruntime-node', variant: undefined },
] as const;

const SUBSTITUTIONS =
  'EfficientNet-Lite0 has ReLU in place of ReLU6 and symmetric padding, and ResNet-18 has 2×2 instead of padded 3×3 max pooling, for all systems.';

/**
 * The section of docs/performance.md about several networks, in Markdown; empty if none were compared.
 *
 * @param files one for each version of Node.js, newest version first
 */
export function networksSection(files: readonly NetworksFile[]): string {
  const newest = files.at(0);
  if (newest === undefined) return '';
  const { results } = newest;
  const { machine, versions, missing } = results;
  return [
    '## Other networks',
    `Time per batch on ${machine.cpu} (${machine.cores} cores) with Node ${versions.node}, and the largest resident memory of each process in ` +
      'parentheses:',
    timeTable(results.networks),
    SUBSTITUTIONS,
    'Ratios of speeds: the median of the ratios of rounds that followed each other, with its 95 % confidence interval. A ratio is not ' +
      'decided if its interval contains the goal, even when measured again with more rounds.',
    ratioTable(files),
    ...(missing.length === 0 ? [] : [`Not measured: ${missing.join('; ')}.`]),
    `Measured with \`npm run bench -- --only networks\`: ${files.map(sourceOf).join('; ')}. See [how to read them](../bench/NOTES.md).`,
  ].join('\n\n');
}

function sourceOf({ file, results: { versions, commit, date } }: NetworksFile): string {
  return `[Node ${versions.node}](../${file}), commit ${commit}, ${date.slice(0, 10)}`;
}

function timeTable({ rows }: Networks): string {
  const columns = COLUMNS.filter((column) => rows.some((row) => belongs(row, column)));
  return markdownTable(
    ['', ...columns.map(({ title }) => title)],
    jobsOf(rows).map((job) => [
      describeJob(job),
      ...columns.map((column) => {
        const [row] = rows
          .filter((each) => isOf(each, job) && belongs(each, column))
          .sort((a, b) => median(a.seconds) - median(b.seconds));
        return row === undefined ? '–' : `${duration(median(row.seconds))} (${megabytes(row.peakMegabytes)})`;
      }),
    ]),
  );
}

function belongs(row: NetworkRow, { family, variant }: (typeof COLUMNS)[number]): boolean {
  return row.family === family && row.variant === variant;
}

function jobsOf(rows: readonly NetworkRow[]): Job[] {
  return rows.filter((row, index) => rows.findIndex((each) => isOf(each, row)) === index);
}

/** One row per goal and two columns per version of Node.js: the goal and what was measured. */
function ratioTable(files: readonly NetworksFile[]): string {
  const columns = files.map(({ results }) => networkGoals(results.networks, results.versions.node));
  return markdownTable(
    ['', '', ...files.flatMap(({ results }) => ['goal', `Node ${results.versions.node}`])],
    goalsOfAny(columns).map((goal) => [
      describeJob(goal),
      describeQuantity(goal.quantity),
      ...columns.flatMap((goals) => goalCells(goals.find((each) => isSame(each, goal)))),
    ]),
    2,
  );
}

function goalCells(goal: NetworkGoal | undefined): readonly [goal: string, measured: string] {
  if (goal === undefined) return ['–', '–'];
  const [unit, verdict] = [unitOf(goal), verdictOf(goal)];
  const suffix = verdict === 'missed' || verdict === 'not decided' ? `, ${verdict}` : '';
  const bound = goal.quantity === 'memory' ? '≤' : '≥';
  return [`${bound} ${quantity(goal.target, unit)}`, interval(goal.measured, unit) + suffix];
}

/** All goals, each once, in the order of the first run that measured them. */
function goalsOfAny(columns: readonly (readonly NetworkGoal[])[]): NetworkGoal[] {
  const all = columns.flat();
  return all.filter((goal, index) => all.findIndex((each) => isSame(each, goal)) === index);
}

function isSame(a: NetworkGoal, b: NetworkGoal): boolean {
  return describeJob(a) === describeJob(b) && a.quantity === b.quantity;
}

/** The speed relative to peers, for README.md; empty if no networks were compared. */
export function networksSummary(files: readonly NetworksFile[]): string {
  const columns = files.map(({ results }) =>
    networkGoals(results.networks, results.versions.node).filter(
      ({ quantity }) => quantity === 'PyTorch' || quantity === 'onnxruntime-node',
    ),
  );
  const jobs = goalsOfAny(columns).filter(
    ({ batch, threads }, _, all) => batch === 1 || threads === Math.max(...all.map((goal) => goal.threads)),
  );
  if (jobs.length === 0) return '';
  const [{ results }] = files;
  return [
    markdownTable(
      ['network and task', 'relative to', ...files.map((each) => `Node ${each.results.versions.node}`)],
      jobs.map((goal) => [
        describeJob(goal),
        goal.quantity,
        ...columns.map((goals) => {
          const own = goals.find((each) => isSame(each, goal));
          return own === undefined ? '–' : quantity(own.measured.median, '×');
        }),
      ]),
      2,
    ),
    `Inkling's speed relative to PyTorch, in the faster of its memory formats, and to onnxruntime-node on ${results.machine.cpu} ` +
      `(${results.machine.cores} cores); [with confidence intervals](docs/performance.md#other-networks).`,
  ].join('\n\n');
}

/**
 * The newest comparison of networks for each major version of Node.js, newest version first, all of the machine of the newest.
 *
 * @param all results, newest first
 */
export function newestOfEachNode(
  all: readonly { readonly file: string; readonly results: Results }[],
): NetworksFile[] {
  const files = all.filter((each): each is NetworksFile => each.results.networks !== undefined);
  const majorOf = ({ results }: NetworksFile) => Number.parseInt(results.versions.node);
  return files
    .filter(({ results }) => results.machine.cpu === files[0].results.machine.cpu)
    .filter((each, index, here) => here.findIndex((other) => majorOf(other) === majorOf(each)) === index)
    .sort((a, b) => majorOf(b) - majorOf(a));
}
