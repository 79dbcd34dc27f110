import type { Family } from './families.js';
import type { Results, Row, Task } from './results.js';
import { BATCH, THREADS } from './suites.js';

/** A performance goal of Inkling and its measured value. */
export interface Goal {
  readonly what: string;
  readonly unit: Unit;
  readonly measured: number;
  readonly target: number;
  readonly stretchTarget: number;
  /** Whether lower values are better. */
  readonly isCost: boolean;
}

export type Unit = '×' | '%' | 'us' | 's' | 'MB' | 'MiB';

type GoalLine = readonly [
  what: string,
  unit: Unit,
  measured: number | undefined,
  target: number,
  stretchTarget: number,
];

/** The goals that this run measured; ratios are relative to peers in the same run. */
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
  const flops = kernels && training && training * kernels.megaflopsPerImage * 1e6;

  const gains: GoalLine[] = [
    ['training speed relative to the fastest PyTorch', '×', against(training, 'training', 'PyTorch'), 2, 4],
    [
      'fraction of peak FLOP/s in training',
      '%',
      ratio(flops, kernels && kernels.peakGigaflops * 1e7 * THREADS),
      50,
      75,
    ],
    [
      'inference speed relative to onnxruntime-web',
      '×',
      against(scoring, 'inference', 'onnxruntime-web'),
      3,
      6,
    ],
    [
      'inference speed relative to onnxruntime-node',
      '×',
      against(scoring, 'inference', 'onnxruntime-node'),
      0.5,
      1,
    ],
    [
      `training speed with ${THREADS} threads relative to 1`,
      '×',
      THREADS > 1 ? ratio(together, alone) : undefined,
      1.8,
      1.95,
    ],
  ];
  const costs: GoalLine[] = [
    ['single-image prediction', 'us', ratio(1e6, single), 150, 50],
    ['time to first training step', 's', command?.firstStepSeconds, 1, 0.4],
    ['peak memory in training', 'MB', command?.training?.peakMegabytes, 300, 200],
    ['inkling train, 5 epochs', 's', command?.training?.totalSeconds, 40, 20],
  ];
  return [...gains.flatMap(goalIf(false)), ...costs.flatMap(goalIf(true))];
}

function goalIf(isCost: boolean) {
  return ([what, unit, measured, target, stretchTarget]: GoalLine): Goal[] =>
    measured === undefined ? [] : [{ what, unit, measured, target, stretchTarget, isCost }];
}

export function isReached(measured: number, wanted: number, isCost: boolean): boolean {
  return isCost ? measured <= wanted : measured >= wanted;
}

type Job = Pick<Row, 'task' | 'batch' | 'threads'>;

/** Images per second of a family's fastest build, or `undefined` if none was measured. */
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
