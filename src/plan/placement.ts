import { ALIGNMENT_BYTES, aligned, temporaryOf } from './arena.js';
import { mapTensors } from './mapTensors.js';
import type { Stage } from './plan.js';
import { scratchBytesOf } from './scratch.js';
import { itemBytes, type Tensor, tensorBytes } from './tensor.js';

/** Bytes that are in use from one moment of a step to another, both inclusive. */
interface Lifetime {
  bytes: number;
  readonly first: number;
  last: number;
  /** Bytes from the start of the memory that lifetimes share. */
  offset: number;
}

/** A temporary tensor with all its views. */
interface Temporary {
  /**
   * Those that are used as images only are stored image by image: each image has a part of the memory, which only the task that it
   * belongs to uses in a stage that is divided by images. All others are stored tensor by tensor, as kernels expect of vectors. Vectors,
   * of which there is one per image, are separate, so that the memory of a batch grows by the same amount for each image.
   */
  kind: 'image' | 'vector' | 'other';
  /** Of one item, in operations: a task runs them one after another. */
  readonly item: Lifetime;
  /** Of the tensor, in stages: its tasks run at the same time. */
  readonly whole: Lifetime;
}

/** How the temporary tensors of a plan share memory. */
export interface Placement {
  /** The memory that all of them need. */
  readonly bytes: number;
  /** Gives a temporary tensor its address in a memory that begins at `start`; returns any other tensor unchanged. */
  place(tensor: Tensor, start: number): Tensor;
}

/**
 * Assigns memory to temporary tensors, so that those that are not in use at the same time can have the same addresses.
 *
 * @param scratch what operations use that need scratch memory
 */
export function placementOf(stages: readonly Stage[], scratch: Tensor, batchSize: number): Placement {
  const temporaries = temporariesOf(stages, scratch);
  const [images, vectors, others] = (['image', 'vector', 'other'] as const).map((kind) =>
    [...temporaries.values()].filter((each) => each.kind === kind),
  );
  // An odd number of cache lines: with a power of two, all images would compete for the same cache sets.
  const lines = assignOffsets(images.map(({ item }) => item)) / ALIGNMENT_BYTES;
  const pitch = lines === 0 ? 0 : (lines | 1) * ALIGNMENT_BYTES;
  const startOfVectors = pitch * batchSize;
  const startOfOthers = startOfVectors + assignOffsets(vectors.map(({ whole }) => whole));
  return {
    bytes: startOfOthers + assignOffsets(others.map(({ whole }) => whole)),
    place(tensor, start) {
      const temporary = temporaries.get(temporaryOf(tensor));
      if (temporary === undefined) return tensor;
      const { kind, item, whole } = temporary;
      if (kind === 'image') return { ...tensor, offset: start + item.offset, pitch };
      return {
        ...tensor,
        offset: start + (kind === 'vector' ? startOfVectors : startOfOthers) + whole.offset,
      };
    },
  };
}

function temporariesOf(stages: readonly Stage[], scratch: Tensor): Map<number, Temporary> {
  const temporaries = new Map<number, Temporary>();
  let moment = 0;
  const use = (tensor: Tensor, stage: number): void => {
    const number = temporaryOf(tensor);
    if (number === 0) return;
    const temporary: Temporary = temporaries.get(number) ?? {
      kind: 'image',
      item: { bytes: 0, first: moment, last: moment, offset: 0 },
      whole: { bytes: 0, first: stage, last: stage, offset: 0 },
    };
    temporaries.set(number, temporary);
    if (tensor.per !== 'image') temporary.kind = 'other';
    else if (tensor.shape.length !== 3) temporary.kind = 'vector';
    extend(temporary.item, moment, itemBytes(tensor));
    extend(temporary.whole, stage, tensorBytes(tensor));
  };
  // It needs an address even if no operation uses it.
  use(scratch, 0);
  for (const [stage, { partition, ops }] of stages.entries()) {
    for (const op of ops) {
      // The operations of other stages run on all images at the same time.
      if (partition === 'items' || op === ops[0]) moment++;
      const touched: readonly Tensor[] = [...Object.values(op.reads), ...Object.values(op.writes)];
      for (const tensor of touched) use(tensor, stage);
      if (scratchBytesOf(op) > 0) use(scratch, stage);
    }
  }
  return temporaries;
}

function extend(lifetime: Lifetime, moment: number, bytes: number): void {
  lifetime.last = moment;
  lifetime.bytes = Math.max(lifetime.bytes, aligned(bytes));
}

/**
 * Assigns each lifetime, the largest first, the lowest offset where it overlaps no other that is in use at the same time. Source:
 * Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference", 2020 ("greedy by size").
 *
 * @returns the bytes that all of them need
 */
function assignOffsets(lifetimes: readonly Lifetime[]): number {
  const assigned: Lifetime[] = [];
  let end = 0;
  for (const lifetime of lifetimes.toSorted((a, b) => b.bytes - a.bytes)) {
    for (const { first, last, offset, bytes } of assigned) {
      if (first > lifetime.last || last < lifetime.first || offset + bytes <= lifetime.offset) continue;
      if (offset >= lifetime.offset + lifetime.bytes) break;
      lifetime.offset = offset + bytes;
    }
    assigned.push(lifetime);
    assigned.sort((a, b) => a.offset - b.offset);
    end = Math.max(end, lifetime.offset + lifetime.bytes);
  }
  return end;
}

/** Stages with all temporary tensors at their addresses. */
export function placeStages(stages: readonly Stage[], place: (tensor: Tensor) => Tensor): Stage[] {
  const placed = new Map<Tensor, Tensor>();
  const placeOnce = (tensor: Tensor): Tensor => {
    const known = placed.get(tensor) ?? place(tensor);
    placed.set(tensor, known);
    return known;
  };
  return stages.map((stage) => ({ ...stage, ops: stage.ops.map((op) => mapTensors(op, placeOnce)) }));
}
