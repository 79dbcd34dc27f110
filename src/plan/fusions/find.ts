import type { Op, OpName, OpOf } from '../ops.js';
import { overlap, type Tensor } from '../tensor.js';

/** The operation of that name that reads a tensor as its `input`. */
export function findReader<Name extends OpName>(
  ops: readonly Op[],
  name: Name,
  input: Tensor,
): OpOf<Name> | undefined {
  const isReader = (op: Op): op is OpOf<Name> => {
    const reads: Readonly<Record<string, Tensor | undefined>> = op.reads;
    return op.op === name && reads.input !== undefined && overlap(reads.input, input);
  };
  return ops.find(isReader);
}

/** The later operations that read or write what an operation writes. */
export function usersOf(ops: readonly Op[], op: OpOf<'scaleShift'> | OpOf<'add'>): Op[] {
  return ops.slice(ops.indexOf(op) + 1).filter((each) => touches(each, [op.writes.output]));
}

/** Whether an operation reads or writes any of the tensors. */
export function touches(op: Op, tensors: readonly Tensor[]): boolean {
  const touched: readonly Tensor[] = [...Object.values(op.reads), ...Object.values(op.writes)];
  return touched.some((tensor) => tensors.some((other) => overlap(tensor, other)));
}
