import type { Estimate } from '../statistics.js';
import { BATCH, THREADS } from '../suites.js';
import { type Job, type Reference, speedRatio } from './ratios.js';
import type { Networks } from './results.js';
import { PHOTO_BATCH } from './suites.js';

/** With Node 24 or newer, with older versions, and the stretch target. */
type Targets = readonly [current: number, older: number, stretch: number];

/** What is wanted of a job: its speed relative to a reference, or the memory planned for it in MiB. */
interface Wanted extends Job {
  readonly quantity: Reference | 'memory';
  readonly targets: Targets;
}

/** A goal and its measurement. */
export interface NetworkGoal extends Wanted {
  readonly measured: Estimate;
  readonly target: number;
  readonly stretchTarget: number;
}

const THREAD_COUNTS = [...new Set([1, THREADS])];

const WANTED: readonly Wanted[] = [
  ...trained('report-cnn', [3.6, 2.2, 5]),
  ...trained('resnet-small', [1.6, 1.2, 2.2]),
  ...trained('report-cnn-x4', [1.8, 1.3, 2.5]),
  ...trained('depthwise', [1.6, 1.2, 2.2]),
  ...trained('deep-cnn', [2, 1.5, 3]),
  ...THREAD_COUNTS.map((threads) => ({
    ...{ network: 'report-cnn', task: 'inference' as const, batch: BATCH, threads },
    ...{ quantity: 'onnxruntime-node' as const, targets: [1, 0.8, 1.5] as const },
  })),
  ...photo('efficientnet-lite0', { PyTorch: [1.5, 1.5, 2.5], 'onnxruntime-node': [0.35, 0.35, 0.6] }),
  ...photo('resnet-18', { PyTorch: [1, 1, 1.6], 'onnxruntime-node': [0.5, 0.5, 0.8] }),
  {
    ...{ network: 'efficientnet-lite0', task: 'inference', batch: 1, threads: 1 },
    ...{ quantity: 'memory', targets: [40, 40, 25] },
  },
  {
    ...{ network: 'efficientnet-lite0', task: 'training', batch: PHOTO_BATCH, threads: THREADS },
    ...{ quantity: 'memory', targets: [1536, 1536, 921.6] },
  },
];

function trained(network: string, targets: Targets): Wanted[] {
  const job = { network, task: 'training' as const, batch: BATCH };
  return [
    ...THREAD_COUNTS.map((threads) => ({ ...job, threads, quantity: 'PyTorch' as const, targets })),
    parallel(job),
  ];
}

function photo(network: string, single: Readonly<Record<'PyTorch' | 'onnxruntime-node', Targets>>): Wanted[] {
  const one = { network, task: 'inference' as const, batch: 1, threads: 1 };
  return [
    { ...one, quantity: 'PyTorch', targets: single.PyTorch },
    { ...one, quantity: 'onnxruntime-node', targets: single['onnxruntime-node'] },
    ...(['inference', 'training'] as const).flatMap((task): Wanted[] => {
      const job = { network, task, batch: PHOTO_BATCH };
      return [{ ...job, threads: THREADS, quantity: 'PyTorch', targets: [1.2, 1.2, 2] }, parallel(job)];
    }),
  ];
}

function parallel(job: Omit<Job, 'threads'>): Wanted {
  return { ...job, threads: THREADS, quantity: 'one thread', targets: [1.85, 1.85, 1.97] };
}

/**
 * The goals that were measured.
 *
 * @param node the version of Node.js that they were measured with
 */
export function networkGoals(networks: Networks, node: string): NetworkGoal[] {
  return WANTED.flatMap((wanted) => {
    const measured = measure(networks, wanted);
    if (measured === undefined) return [];
    const [current, older, stretchTarget] = wanted.targets;
    return [{ ...wanted, measured, target: Number.parseInt(node) >= 24 ? current : older, stretchTarget }];
  });
}

function measure({ rows, memory }: Networks, { quantity, ...job }: Wanted): Estimate | undefined {
  if (quantity !== 'memory') return speedRatio(rows, job, quantity);
  const planned = memory.find(
    ({ network, task, batch }) => network === job.network && task === job.task && batch === job.batch,
  );
  if (planned === undefined) return undefined;
  const mebibytes = planned.bytes / 2 ** 20;
  return { median: mebibytes, low: mebibytes, high: mebibytes };
}

export type Verdict = 'stretch target met' | 'met' | 'missed' | 'not decided';

/** Whether a goal is met. It is not decided while the interval of the measurement contains the target. */
export function verdictOf({
  quantity,
  measured: { low, high },
  target,
  stretchTarget,
}: NetworkGoal): Verdict {
  const [worst, best] = quantity === 'memory' ? [-high, -low] : [low, high];
  const sign = quantity === 'memory' ? -1 : 1;
  if (worst >= sign * stretchTarget) return 'stretch target met';
  if (worst >= sign * target) return 'met';
  return best < sign * target ? 'missed' : 'not decided';
}

/** Whether the interval of a measurement contains neither of its targets. */
export function isDecided({ measured: { low, high }, target, stretchTarget }: NetworkGoal): boolean {
  return ![target, stretchTarget].some((value) => low < value && value <= high);
}

/** `resnet-18, training, batch 16, 2 threads` */
export function describeJob({ network, task, batch, threads }: Job): string {
  const size = batch === 1 ? 'one image' : `batch ${batch}`;
  return `${network}, ${task}, ${size}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

const QUANTITIES = {
  PyTorch: "speed relative to PyTorch's faster memory format",
  'onnxruntime-node': 'speed relative to onnxruntime-node',
  'one thread': 'speed relative to one thread',
  memory: 'planned memory',
} as const;

export function describeQuantity(quantity: Wanted['quantity']): string {
  return QUANTITIES[quantity];
}
