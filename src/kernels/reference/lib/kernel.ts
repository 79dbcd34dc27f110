import type { OpName } from '../../../plan/ops.js';
import type { Plan } from '../../../plan/plan.js';
import { type Step, STEP_FIELDS } from '../../../plan/steps.js';
import type { KernelTable } from '../../kernel.js';
import type { TensorMemory } from '../../../plan/memory.js';

/** Binds an operation of that name. */
export type ReferenceKernel<Name extends OpName> = KernelTable<TensorMemory>[Name];

/** Returns a function that reads a field of a row of the plan's steps. */
export function stepReader(memory: TensorMemory, plan: Plan): (step: number, field: keyof Step) => number {
  const steps = memory.doubles(plan.steps);
  return (step, field) => steps[step * STEP_FIELDS.length + STEP_FIELDS.indexOf(field)];
}
