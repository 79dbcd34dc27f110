import type { Op, OpName, OpOf } from '../plan/ops.js';
import type { Plan } from '../plan/plan.js';

/**
 * Performs one task of an operation.
 *
 * @param task the index of the task within its stage
 * @param begin the task's first image, if the operation is divided by images
 * @param end the image after its last
 * @param step the row of the plan's `steps`
 * @param worker the index of the worker, and of its item of the plan's `scratch`
 */
export type KernelCall = (task: number, begin: number, end: number, step: number, worker: number) => void;

/** How to bind each operation to a memory. A missing operation does not compile. */
export type KernelTable<Memory> = {
  readonly [Name in OpName]: (op: OpOf<Name>, memory: Memory, plan: Plan) => KernelCall;
};

/** Binds an operation of any kind that the table has. */
export function bindOp<Memory>(
  table: Partial<KernelTable<Memory>>,
  op: Op,
  memory: Memory,
  plan: Plan,
): KernelCall {
  // TypeScript cannot infer that an operation matches the entry of its name.
  const bind = table[op.op] as ((op: Op, memory: Memory, plan: Plan) => KernelCall) | undefined;
  if (bind === undefined) throw new Error(`plan ${plan.name}: ${op.op} is not an operation of predictions`);
  return bind(op, memory, plan);
}
