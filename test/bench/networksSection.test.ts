import { expect, test } from 'vitest';
import { networksSection, networksSummary, newestOfEachNode } from '../../bench/networks/section.js';
import type { Networks } from '../../bench/networks/results.js';
import { networkResults, networkRow } from './networkRows.js';

const FILE = 'bench/results/networks-node';

/** Inkling is `speed` times as fast as PyTorch in channels last. */
function networks(speed: number, seconds = [2, 2, 2, 2, 2, 2, 2]): Networks {
  return {
    rows: [
      networkRow({ seconds: seconds.map((each) => each / speed) }),
      networkRow({ family: 'PyTorch', variant: 'contiguous', seconds: seconds.map(() => 3) }),
      networkRow({ family: 'PyTorch', variant: 'channels last', seconds: seconds.map(() => 2) }),
    ],
    memory: [],
  };
}

const files = [
  { file: `${FILE}-24.json`, results: networkResults('24.1.0', networks(2)) },
  { file: `${FILE}-20.json`, results: networkResults('20.2.0', networks(1.1)) },
];

test('the section has the times of each system and the ratios of both versions of Node.js', () => {
  const text = networksSection(files);
  expect(text).toContain(
    '| resnet-small, training, batch 64, 1 thread | 1.00 s (100 MB) | 3.00 s (100 MB) | 2.00 s (100 MB) |',
  );
  expect(text).toContain('| ≥ 1.6 × | 2 × | ≥ 1.2 × | 1.1 ×, missed |');
  expect(text).toContain(`[Node 20.2.0](../${FILE}-20.json)`);
  expect(text).not.toContain('torch.compile');
});

test('a ratio whose interval contains the goal is not decided', () => {
  const uneven = networks(1.6, [1.9, 2.1, 1.9, 2.1, 1.9, 2.1, 2]);
  const text = networksSection([{ file: `${FILE}-24.json`, results: networkResults('24.1.0', uneven) }]);
  expect(text).toContain('| 1.6 × (1.52 to 1.68), not decided |');
});

test('the summary has the ratios only', () => {
  expect(networksSummary(files)).toContain(
    '| resnet-small, training, batch 64, 1 thread | PyTorch | 2 × | 1.1 × |',
  );
});

test('without results, there is neither', () => {
  expect(networksSection([])).toBe('');
  expect(networksSummary([])).toBe('');
});

test('the newest results of each major version of Node.js on the newest machine are used', () => {
  const older = { file: 'old.json', results: networkResults('24.0.0', networks(3)) };
  const elsewhere = networkResults('22.1.0', networks(3));
  const all = [
    files[1],
    files[0],
    older,
    {
      file: 'elsewhere.json',
      results: { ...elsewhere, machine: { ...elsewhere.machine, cpu: 'Other CPU' } },
    },
    { file: 'report.json', results: { ...older.results, networks: undefined } },
  ];
  expect(newestOfEachNode(all).map(({ file }) => file)).toEqual([`${FILE}-24.json`, `${FILE}-20.json`]);
});
