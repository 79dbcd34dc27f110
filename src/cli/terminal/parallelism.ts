import { formatPlural } from '../../core/format.js';
import type { Parallelism } from '../../sweep/parallelism.js';

/**
 * `2 runs at a time, each with 1 thread: one per core`
 *
 * @param what is trained
 */
export function describeParallelism({ runs, threads, limit }: Parallelism, what: 'run' | 'trial'): string {
  const reason = {
    request: '',
    cores: ': one per core',
    fewCores: ': with so few cores, several at a time are no faster',
    runs: ': no more are left',
    sampler: ': a quarter of all, so that the sampler learns from the others',
    features: ': the first one computes the outputs of the frozen layers for all',
    memory: ': more would not fit into half of the free memory',
  }[limit];
  const each = `${runs > 1 ? 'each ' : ''}with ${formatPlural(threads, 'thread')}`;
  return `${formatPlural(runs, what)} at a time, ${each}${reason}`;
}
