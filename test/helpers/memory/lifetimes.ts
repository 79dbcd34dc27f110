import { type Plan, tensorsOf } from '#inkling/plan/plan.js';
import type { Range } from '#inkling/plan/ranges.js';
import { endOf, itemBytes, type Tensor, tensorBytes } from '#inkling/plan/tensor.js';

/** When an operation runs: its stage, and its position in the plan. */
interface Moment {
  readonly stage: number;
  readonly op: number;
}

/** Memory that holds a value from its first write to its last use. */
export interface Lifetime {
  /** Of all tensors that hold the value. */
  readonly names: readonly string[];
  /** From one image to the next; undefined if the value is not stored image by image. */
  readonly pitch: number | undefined;
  readonly start: number;
  /** After the first image, or after the value. */
  readonly end: number;
  readonly count: number;
  readonly first: Moment;
  readonly last: Moment;
}

/**
 * The lifetimes of the values in a plan's temporary tensors, derived from the operations alone: an operation that writes a tensor and
 * does not read it starts a new value.
 *
 * @param workspaces where temporary tensors are
 */
export function lifetimesOf(plan: Plan, workspaces: readonly Range[]): Lifetime[] {
  const done: Lifetime[] = [];
  const current = new Map<string, Lifetime>();
  const cleared = new Set<string>();
  let op = 0;
  plan.stages.forEach(({ partition, ops }, stage) => {
    for (const each of ops) {
      // The operations of other stages run on all images at the same time.
      if (partition === 'items' || each === ops[0]) op++;
      const reads = Object.values<Tensor>(each.reads);
      const writes = Object.values<Tensor>(each.writes);
      for (const tensor of [...reads, ...writes]) {
        if (isKept(tensor, workspaces)) continue;
        const key = `${String(tensor.offset)} ${String(tensor.pitch)}`;
        const isNew = !reads.some(({ offset }) => offset === tensor.offset) && !cleared.has(key);
        const before = current.get(key);
        if (before !== undefined && isNew) done.push(before);
        const { names = [], end = 0, first = { stage, op } } = (isNew ? undefined : before) ?? {};
        current.set(key, {
          names: [...new Set([...names, tensor.name])],
          pitch: tensor.pitch,
          start: tensor.offset,
          end: Math.max(
            end,
            tensor.offset + (tensor.pitch === undefined ? tensorBytes(tensor) : itemBytes(tensor)),
          ),
          count: tensor.count,
          first,
          last: { stage, op },
        });
        if (each.op === 'zeroBorder') cleared.add(key);
        else cleared.delete(key);
      }
    }
  });
  return [...done, ...current.values()];
}

/**
 * Verifies that no two values are in the same memory at the same time, nor in that of a kept tensor.
 *
 * @throws {Error} naming two tensors that are
 */
export function verifyLifetimes(plan: Plan, workspaces: readonly Range[]): void {
  const lifetimes = lifetimesOf(plan, workspaces);
  const fail = (a: string, b: string) => {
    throw new Error(`plan ${plan.name}: ${a} and ${b} are in the same memory at the same time`);
  };
  lifetimes.forEach((a, index) => {
    for (const b of lifetimes.slice(0, index)) if (meet(a, b) && collide(a, b)) fail(a.names[0], b.names[0]);
    for (const kept of tensorsOf(plan)) {
      if (!isKept(kept, workspaces)) continue;
      if (a.start < endOf(kept) && kept.offset < lastByteOf(a)) fail(a.names[0], kept.name);
    }
  });
}

/** Whether a tensor has memory of its own. */
function isKept({ offset }: Tensor, workspaces: readonly Range[]): boolean {
  return !workspaces.some(({ start, end }) => offset >= start && offset < end);
}

/** Whether two values exist at the same time: those stored image by image, according to the order of operations. */
function meet(a: Lifetime, b: Lifetime): boolean {
  const unit = a.pitch !== undefined && a.pitch === b.pitch ? 'op' : 'stage';
  return a.first[unit] <= b.last[unit] && b.first[unit] <= a.last[unit];
}

function collide(a: Lifetime, b: Lifetime): boolean {
  // Values that are stored image by image have the same pitch; those of other images are elsewhere if they fit into it.
  if (a.pitch !== undefined && a.pitch === b.pitch) return a.start < b.end && b.start < a.end;
  return a.start < lastByteOf(b) && b.start < lastByteOf(a);
}

function lastByteOf({ pitch, end, count }: Lifetime): number {
  return end + (count - 1) * (pitch ?? 0);
}
