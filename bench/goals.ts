import type { Family, Results, Row, Task } from './results.js';
import { BATCH, THREADS } from './suites.js';

/** A speed that Inkling is to reach, and what was measured. */
export interface Goal {
  readonly what: string;
  readonly unit: Unit;
  readonly measured: number;
  readonly atLeast: number;
  readonly aim: number;
  /** Whether less is better. */
  readonly isCost: boolean;
}

export type Unit = '×' | '%' | 'us' | 's' | 'MB';

type GoalLine = readonly [
  what: string,
  unit: Unit,
  measured: number | undefined,
  atLeast: number,
  aim: number,
];

/** What Inkling is to reach, as far as this run measured it, against the peers of the same run. */
export function goalsOf(results: Results): Goal[] {
  const { kernels, command } = results;
  const find = (task: Task, batch: number, threads: number) =>
    fastest(results, { task, batch, threads }, 'Inkling');
  const training = find('training', BATCH, THREADS);
  const scoring = find('inference', BATCH, THREADS);
  const single = find('inference', 1, 1);
  // Measured in turn, which the two rows of the comparison are not.
  const [alone, together] = [1, THREADS].map((threads) => find('training by threads', BATCH, threads));
  const against = (own: number | undefined, task: Task, family: Family) =>
    ratio(own, fastest(results, { task, batch: BATCH, threads: THREADS }, family));
  const flops = kernels && training && training * kernels.megaflopsAnImage * 1e6;

  const gains: GoalLine[] = [
    ['training, against the fastest PyTorch', '×', against(training, 'training', 'PyTorch'), 2, 4],
    [
      'share of the peak in training',
      '%',
      ratio(flops, kernels && kernels.peakGigaflops * 1e7 * THREADS),
      50,
      75,
    ],
    ['inference, against onnxruntime-web', '×', against(scoring, 'inference', 'onnxruntime-web'), 3, 6],
    ['inference, against onnxruntime-node', '×', against(scoring, 'inference', 'onnxruntime-node'), 0.5, 1],
    [
      `${THREADS} threads against 1, in training`,
      '×',
      THREADS > 1 ? ratio(together, alone) : undefined,
      1.8,
      1.95,
    ],
  ];
  const costs: GoalLine[] = [
    ['one image, pixels to probabilities', 'us', ratio(1e6, single), 150, 50],
    ['process start to first step', 's', command?.firstStepSeconds, 1, 0.4],
    ['peak memory of training', 'MB', command?.training?.peakMegabytes, 300, 200],
    ['5 epochs, whole command', 's', command?.training?.totalSeconds, 40, 20],
  ];
  return [...gains.flatMap(goalIf(false)), ...costs.flatMap(goalIf(true))];
}

function goalIf(isCost: boolean) {
  return ([what, unit, measured, atLeast, aim]: GoalLine): Goal[] =>
    measured === undefined ? [] : [{ what, unit, measured, atLeast, aim, isCost }];
}

export function isReached(measured: number, wanted: number, isCost: boolean): boolean {
  return isCost ? measured <= wanted : measured >= wanted;
}

type Job = Pick<Row, 'task' | 'batch' | 'threads'>;

/** Images a second of a family's fastest build; `undefined` where none was measured. */
function fastest({ rows }: Results, { task, batch, threads }: Job, family: Family): number | undefined {
  const speeds = rows
    .filter(
      (row) => row.family === family && row.task === task && row.batch === batch && row.threads === threads,
    )
    .map(({ imagesPerSecond }) => imagesPerSecond);
  return speeds.length === 0 ? undefined : Math.max(...speeds);
}

function ratio(above: number | undefined, below: number | undefined): number | undefined {
  return above === undefined || below === undefined ? undefined : above / below;
}
