import type { Op, OpName, OpOf } from '../plan/ops.js';
import type { Plan } from '../plan/plan.js';

/**
 * Does one task of an operation.
 *
 * @param task which of the stage's tasks, from 0
 * @param begin the task's first image, where the operation is shared out by images
 * @param end the image behind its last
 * @param step the row of the plan's `steps`
 * @param slot the item of the plan's `scratch` that is the worker's own
 */
export type KernelCall = (task: number, begin: number, end: number, step: number, slot: number) => void;

/** For every operation, how to bind it to a memory. A missing one does not compile. */
export type KernelTable<Memory> = {
  readonly [Name in OpName]: (op: OpOf<Name>, memory: Memory, plan: Plan) => KernelCall;
};

/** Binds one operation, whatever it is. */
export function bindOp<Memory>(table: KernelTable<Memory>, op: Op, memory: Memory, plan: Plan): KernelCall {
  // TypeScript cannot see that an operation and the entry of its own name belong together.
  const bind = table[op.op] as (op: Op, memory: Memory, plan: Plan) => KernelCall;
  return bind(op, memory, plan);
}
