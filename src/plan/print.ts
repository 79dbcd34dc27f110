import { formatShape } from '../core/shape.js';
import type { Op } from './ops.js';
import { type Plan, tensorsOf } from './plan.js';
import { unionOf } from './ranges.js';
import { type Tensor, tensorBytes } from './tensor.js';

const UNITS = ['B', 'KiB', 'MiB', 'GiB'] as const;
const UNIT_STEP = 1024;

/**
 * Lists a plan: what each operation reads and writes, by stage, and totals.
 *
 * @param seconds the time that each operation takes per step, printed before it
 */
export function formatPlan(plan: Plan, seconds?: ReadonlyMap<Op, number>): string {
  const times = seconds && timesOf(seconds);
  const stages = plan.stages.map(({ partition, ops }, index) =>
    [
      `stage ${String(index + 1)}, by ${partition}`,
      ...ops.map((op) => `  ${times?.get(op) ?? ''}${formatOp(op)}`),
    ].join('\n'),
  );
  const tensors = tensorsOf(plan);
  const bytes = unionOf(tensors).reduce((sum, { start, end }) => sum + end - start, 0);
  const ops = plan.stages.reduce((sum, stage) => sum + stage.ops.length, 0);
  const totals = [
    `${String(plan.stages.length)} stages`,
    `${String(ops)} operations`,
    `${String(tensors.length)} tensors`,
    formatBytes(bytes),
    ...(seconds === undefined ? [] : [`${formatMicroseconds(totalOf(seconds))} per step on one thread`]),
  ];
  return [
    `plan ${plan.name}, at most ${String(plan.batchSize)} images per step`,
    ...stages,
    totals.join(', '),
  ].join('\n\n');
}

/** Times and percentages in columns, such as ` 1041 us   4.2 %  `. */
function timesOf(seconds: ReadonlyMap<Op, number>): ReadonlyMap<Op, string> {
  const total = totalOf(seconds);
  const column = formatMicroseconds(Math.max(...seconds.values())).length;
  return new Map(
    [...seconds].map(([op, time]) => {
      const share = ((100 * time) / total).toFixed(1).padStart(4);
      return [op, `${formatMicroseconds(time).padStart(column)}  ${share} %  `];
    }),
  );
}

function totalOf(seconds: ReadonlyMap<Op, number>): number {
  return [...seconds.values()].reduce((sum, time) => sum + time, 0);
}

function formatMicroseconds(seconds: number): string {
  return `${(seconds * 1e6).toFixed(0)} us`;
}

function formatOp({ op, reads, writes }: Op): string {
  return `${op}: ${formatTensors(reads)} → ${formatTensors(writes)}`;
}

function formatTensors(tensors: Op['reads'] | Op['writes']): string {
  return Object.values<Tensor>(tensors).map(formatTensor).join(', ');
}

/** For example `0.output 64 × 30×30×16 f32 3.5 MiB`, without `64 ×` for a tensor of one item. */
function formatTensor(tensor: Tensor): string {
  const { name, count, shape, dtype } = tensor;
  const items = count === 1 ? [] : [`${String(count)} ×`];
  const size = shape.length === 0 ? [] : [formatShape(shape)];
  return [name, ...items, ...size, dtype, formatBytes(tensorBytes(tensor))].join(' ');
}

/** For example `640 B` or `14.1 MiB`. */
function formatBytes(bytes: number): string {
  let unit = 0;
  let size = bytes;
  while (size >= UNIT_STEP && unit < UNITS.length - 1) {
    size /= UNIT_STEP;
    unit++;
  }
  return `${unit === 0 ? String(size) : size.toFixed(1)} ${UNITS[unit]}`;
}
