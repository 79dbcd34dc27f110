import { expect, test } from 'vitest';
import { isDecided, type NetworkGoal, networkGoals, verdictOf } from '../../bench/networks/goals.js';
import type { Estimate } from '../../bench/statistics.js';
import { networkRow } from './networkRows.js';

const MEBIBYTE = 2 ** 20;
const JOB = { network: 'resnet-small', task: 'training', batch: 64, threads: 1 } as const;

function goal(measured: Estimate, quantity: NetworkGoal['quantity'] = 'PyTorch'): NetworkGoal {
  const [target, stretchTarget] = quantity === 'memory' ? [40, 25] : [1.6, 2.2];
  return { ...JOB, quantity, targets: [target, target, stretchTarget], measured, target, stretchTarget };
}

test.each([
  [2.3, 2.4, 'stretch target met', true],
  [2.1, 2.4, 'met', false],
  [1.7, 1.9, 'met', true],
  [1.5, 1.7, 'not decided', false],
  [1.5, 2.4, 'not decided', false],
  [1.4, 1.5, 'missed', true],
] as const)('a speed from %d to %d with the goals 1.6 and 2.2: %s', (low, high, verdict, decided) => {
  const measured = goal({ median: (low + high) / 2, low, high });
  expect(verdictOf(measured)).toBe(verdict);
  expect(isDecided(measured)).toBe(decided);
});

test.each([
  [20, 'stretch target met'],
  [40, 'met'],
  [41, 'missed'],
] as const)('%d MiB with the goals 40 and 25: %s', (value, verdict) => {
  expect(verdictOf(goal({ median: value, low: value, high: value }, 'memory'))).toBe(verdict);
});

test('older versions of Node.js have lower targets', () => {
  const rows = [networkRow({}), networkRow({ family: 'PyTorch', variant: 'contiguous', seconds: [2] })];
  const targetOf = (node: string) => networkGoals({ rows, memory: [] }, node).map(({ target }) => target);
  expect(targetOf('24.1.0')).toEqual([1.6]);
  expect(targetOf('25.0.0')).toEqual([1.6]);
  expect(targetOf('20.20.2')).toEqual([1.2]);
});

test('planned memory is compared in MiB', () => {
  const memory = [
    { network: 'efficientnet-lite0', task: 'inference', batch: 1, bytes: 30 * MEBIBYTE },
    { network: 'resnet-18', task: 'inference', batch: 1, bytes: 50 * MEBIBYTE },
  ] as const;
  const goals = networkGoals({ rows: [], memory }, '24.1.0');
  expect(goals).toMatchObject([{ network: 'efficientnet-lite0', measured: { median: 30 }, target: 40 }]);
});
