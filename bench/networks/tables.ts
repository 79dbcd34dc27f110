import { type Alignment, formatTable } from '#inkling/cli/terminal/tables.js';
import { count, duration, megabytes, quantity } from '../formats.js';
import type { Unit } from '../goals.js';
import { type Estimate, median } from '../statistics.js';
import { describeJob, describeQuantity, type NetworkGoal, networkGoals, verdictOf } from './goals.js';
import { isOf, ratioOf } from './ratios.js';
import type { NetworkRow, Networks } from './results.js';

/** The rows of all comparisons. */
export function networkLines({ rows }: Networks): string[] {
  return table(
    ['job', 'system', 'images/s', 'per batch', 'peak memory', "Inkling's speed relative to it"],
    rows.map((row) => [
      describeJob(row),
      row.system,
      count(row.batch / median(row.seconds)),
      duration(median(row.seconds)),
      megabytes(row.peakMegabytes),
      relativeTo(row, rows),
    ]),
    2,
  );
}

function relativeTo(row: NetworkRow, rows: readonly NetworkRow[]): string {
  const own = rows.find((each) => each.family === 'Inkling' && isOf(each, row));
  return own === undefined || own === row ? '-' : interval(ratioOf(own, row), '×');
}

export function networkGoalLines(networks: Networks, node: string): string[] {
  return table(
    ['goal', 'quantity', 'measured', 'target', 'stretch target', 'result'],
    networkGoals(networks, node).map((goal) => [
      describeJob(goal),
      describeQuantity(goal.quantity),
      interval(goal.measured, unitOf(goal)),
      ...[goal.target, goal.stretchTarget].map((value) => quantity(value, unitOf(goal))),
      verdictOf(goal),
    ]),
    2,
  );
}

export function unitOf(goal: Pick<NetworkGoal, 'quantity'>): Unit {
  return goal.quantity === 'memory' ? 'MiB' : '×';
}

/** `1.62 × (1.58 to 1.66)`, or `37.5 MiB` for a quantity that is not estimated */
export function interval({ median: middle, low, high }: Estimate, unit: Unit): string {
  const text = (value: number) => String(Number(value.toPrecision(3)));
  return quantity(middle, unit) + (low === high ? '' : ` (${text(low)} to ${text(high)})`);
}

function table(header: readonly string[], rows: readonly (readonly string[])[], left: number): string[] {
  if (rows.length === 0) return [];
  return formatTable(
    [header, ...rows],
    header.map((_, column): Alignment => (column < left ? 'left' : 'right')),
  );
}
