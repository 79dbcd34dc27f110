import { sizeOf } from '../../../../core/shape.js';
import { type OptimizersOp, optimizersPartition } from '../../../../plan/ops/optimizers.js';
import type { Plan } from '../../../../plan/plan.js';
import type { Tensor } from '../../../../plan/tensor.js';
import type { KernelCall } from '../../../kernel.js';
import { addressesOf, taskElements } from '../../arguments.js';
import { stepOf } from '../../trainingArguments.js';
import { bindByName, type BindingsOf, type KernelArguments } from '../../bindKernel.js';
import type { KernelExports } from '../../instantiate.js';

/**
 * Binds an update, which reads and writes tensors of the same size element by element. The parameters of its kernel must be named
 * like its tensors and its numeric fields.
 */
function bindUpdate(
  { op, reads, writes, ...numbers }: OptimizersOp,
  kernels: KernelExports,
  plan: Plan,
): KernelCall {
  const [updated] = Object.values<Tensor>(writes);
  return bindByName(kernels, op, {
    ...taskElements(sizeOf(updated.shape)),
    ...stepOf(plan),
    ...addressesOf(reads),
    ...addressesOf(writes),
    ...numbers,
  });
}

/** Everything that `bindUpdate` can pass to the kernel of an update. */
type UpdateArguments<Update extends OptimizersOp> = Readonly<
  Record<keyof Update['reads'] | keyof Update['writes'] | 'begin' | 'end' | 'step' | 'steps', number>
> &
  Omit<Update, 'op' | 'reads' | 'writes'>;

/** The updates with a kernel parameter that has another name, or a numeric field that is not a kernel parameter. */
type Unbindable = {
  [Update in OptimizersOp as Update['op']]: UpdateArguments<Update> extends KernelArguments<Update['op']>
    ? Exclude<
        keyof UpdateArguments<Update>,
        keyof KernelArguments<Update['op']> | 'step' | 'steps'
      > extends never
      ? never
      : Update['op']
    : Update['op'];
}[OptimizersOp['op']];

const bindings = Object.fromEntries(
  Object.keys(optimizersPartition).map((name) => [name, bindUpdate]),
) as Record<Exclude<OptimizersOp['op'], Unbindable>, typeof bindUpdate>;

/** Binds every update. A property is missing here, at compile time, if `bindUpdate` cannot bind the update of that name. */
export const optimizersTrainingBindings: BindingsOf<OptimizersOp['op']> = bindings;
