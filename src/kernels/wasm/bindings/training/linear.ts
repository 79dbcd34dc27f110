import { sizeOf } from '../../../../core/shape.js';
import type { LinearOp } from '../../../../plan/ops/linear.js';
import { addressesOf, scratchOf, TASK_ITEMS, taskElements } from '../../arguments.js';
import { stepOf } from '../../trainingArguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const linearTrainingBindings: BindingsOf<Exclude<LinearOp['op'], 'linear'>> = {
  linearInputGrad: ({ reads: { outputGrad, transposed }, writes: { inputGrad } }, kernels, plan) =>
    bindKernel(kernels, 'linearInputGrad', {
      ...TASK_ITEMS,
      ...addressesOf({ outputGrad, transposed, inputGrad }),
      inputs: sizeOf(inputGrad.shape),
      outputs: sizeOf(outputGrad.shape),
      scratch: scratchOf(plan),
    }),

  linearWeightGrad({ reads: { input, outputGrad }, writes: { weightGrad, biasGrad } }, kernels, plan) {
    const [inputs, outputs] = [sizeOf(input.shape), sizeOf(outputGrad.shape)];
    const biases = taskElements(outputs);
    return bindKernel(kernels, 'linearWeightGrad', {
      ...taskElements(inputs),
      biasBegin: biases.begin,
      biasEnd: biases.end,
      ...stepOf(plan),
      ...addressesOf({ input, outputGrad, weightGrad, biasGrad }),
      inputs,
      outputs,
    });
  },
};
