import { ALIGNMENT_BYTES } from './arena.js';
import { endOf, type Tensor } from './tensor.js';

/** A range of bytes of a memory; `end` is exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function rangeOf(tensor: Tensor): Range {
  return { start: tensor.offset, end: endOf(tensor) };
}

/** The smallest set of ranges that contains all tensors, in order; the padding after a tensor counts as part of it. */
export function unionOf(tensors: readonly Tensor[]): Range[] {
  const union: Range[] = [];
  for (const range of tensors.map(rangeOf).sort((a, b) => a.start - b.start)) {
    const start = range.start;
    const end = Math.ceil(range.end / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
    const last = union.at(-1);
    if (last === undefined || start > last.end) union.push({ start, end });
    else union[union.length - 1] = { start: last.start, end: Math.max(last.end, end) };
  }
  return union;
}
