import { type Estimate, estimateMedian, median } from '../statistics.js';
import type { NetworkRow } from './results.js';

export type Job = Pick<NetworkRow, 'network' | 'task' | 'batch' | 'threads'>;

/** What the speed of a job is relative to: PyTorch in the faster of its memory formats, another system, or itself on one thread. */
export type Reference = 'PyTorch' | 'onnxruntime-node' | 'one thread';

/**
 * Inkling's speed relative to a reference: the median of the ratios of rounds that followed each other, which a slowdown of
 * the machine affects alike; undefined unless both were measured.
 */
export function speedRatio(
  rows: readonly NetworkRow[],
  job: Job,
  reference: Reference,
): Estimate | undefined {
  const own = rows.find((row) => row.family === 'Inkling' && isOf(row, job));
  const other = referenceRow(rows, job, reference);
  return own && other && ratioOf(own, other);
}

/** The speed of a row relative to another row of the same comparison. */
export function ratioOf(row: NetworkRow, other: NetworkRow): Estimate {
  const rounds = Math.min(row.seconds.length, other.seconds.length);
  return estimateMedian(Array.from({ length: rounds }, (_, i) => other.seconds[i] / row.seconds[i]));
}

export function referenceRow(
  rows: readonly NetworkRow[],
  job: Job,
  reference: Reference,
): NetworkRow | undefined {
  if (reference === 'one thread') {
    if (job.threads === 1) return undefined;
    return rows.find((row) => row.family === 'Inkling' && isOf(row, { ...job, threads: 1 }));
  }
  return rows
    .filter((row) => row.family === reference && row.variant !== 'torch.compile' && isOf(row, job))
    .sort((a, b) => median(a.seconds) - median(b.seconds))
    .at(0);
}

export function isOf(row: NetworkRow, { network, task, batch, threads }: Job): boolean {
  return row.network === network && row.task === task && row.batch === batch && row.threads === threads;
}
