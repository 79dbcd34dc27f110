import type { Op } from './ops.js';
import type { Tensor } from './tensor.js';

/** An operation on other tensors. */
export function mapTensors(op: Op, map: (tensor: Tensor) => Tensor): Op {
  const mapAll = (tensors: Op['reads'] | Op['writes']) =>
    Object.fromEntries(Object.entries<Tensor>(tensors).map(([role, tensor]) => [role, map(tensor)]));
  // TypeScript cannot see that it is an operation of the same kind.
  return { ...op, reads: mapAll(op.reads), writes: mapAll(op.writes) } as Op;
}
