import type { NetworkRow, Networks } from '../../bench/networks/results.js';
import type { Results } from '../../bench/results.js';

/** A row of `resnet-small` in training with batch size 64 on one thread, unless stated otherwise. */
export function networkRow(row: Partial<NetworkRow>): NetworkRow {
  return {
    ...{ network: 'resnet-small', task: 'training', batch: 64, threads: 1 },
    ...{ system: row.family ?? 'Inkling', family: 'Inkling', seconds: [1] },
    ...{ startSeconds: 1, peakMegabytes: 100 },
    ...row,
  };
}

/** Results with only a comparison of networks. */
export function networkResults(node: string, networks: Networks): Results & { networks: Networks } {
  return {
    date: '2026-01-02T03:04:05.000Z',
    commit: 'a14eb67',
    quick: false,
    machine: { cpu: 'Test CPU', cores: 2, memoryGigabytes: 8, platform: 'linux', loadBefore: 0 },
    versions: { inkling: '0.1.0', node, v8: '13' },
    rows: [],
    networks,
    missing: [],
  };
}
