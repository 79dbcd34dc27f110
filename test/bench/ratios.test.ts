import { expect, test } from 'vitest';
import { speedRatio } from '../../bench/networks/ratios.js';
import { networkRow } from './networkRows.js';

const job = { network: 'resnet-small', task: 'training', batch: 64, threads: 1 } as const;

test('the ratio is the median of the ratios of rounds that followed each other', () => {
  // The machine was slow in the second round and slower in the third: the ratios are 2, 2 and 3.
  const rows = [
    networkRow({ seconds: [1, 5, 10] }),
    networkRow({ family: 'onnxruntime-node', seconds: [2, 10, 30] }),
  ];
  expect(speedRatio(rows, job, 'onnxruntime-node')).toEqual({ median: 2, low: 2, high: 3 });
});

test("PyTorch's faster memory format is the reference, without compilation", () => {
  const rows = [
    networkRow({ seconds: [1] }),
    networkRow({ family: 'PyTorch', variant: 'contiguous', seconds: [3] }),
    networkRow({ family: 'PyTorch', variant: 'channels last', seconds: [2] }),
    networkRow({ family: 'PyTorch', variant: 'torch.compile', seconds: [1.5] }),
    networkRow({ family: 'PyTorch', variant: 'contiguous', seconds: [1.5], threads: 2 }),
  ];
  expect(speedRatio(rows, job, 'PyTorch')?.median).toBe(2);
});

test('two threads are compared with one', () => {
  const rows = [networkRow({ seconds: [4] }), networkRow({ threads: 2, seconds: [2] })];
  expect(speedRatio(rows, { ...job, threads: 2 }, 'one thread')?.median).toBe(2);
  expect(speedRatio(rows, job, 'one thread')).toBeUndefined();
});

test('there is no ratio to a system that was not measured', () => {
  expect(speedRatio([networkRow({})], job, 'PyTorch')).toBeUndefined();
  expect(speedRatio([networkRow({ family: 'PyTorch' })], job, 'PyTorch')).toBeUndefined();
});
