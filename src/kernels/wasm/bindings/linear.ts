import { sizeOf } from '../../../core/shape.js';
import { taskRange } from '../../../plan/plan.js';
import { byElements, ZEROS, type BindingsOf } from './arguments.js';

/** Linear layers. */
export const linearBindings: BindingsOf<
  'linear' | 'linearInputGrad' | 'linearWeightGrad' | 'transposeWeight'
> = {
  linear({ reads: { input, weight, bias }, writes: { output } }, kernels) {
    const from = [input.offset, sizeOf(input.shape)] as const;
    return (_task, begin, end) => {
      const tables = [weight.offset, bias?.offset ?? ZEROS, output.offset] as const;
      kernels.linear(begin, end, ...from, ...tables, sizeOf(output.shape));
    };
  },

  linearInputGrad({ reads: { outputGrad, transposed }, writes: { inputGrad } }, kernels) {
    const tables = [
      outputGrad.offset,
      sizeOf(outputGrad.shape),
      transposed.offset,
      inputGrad.offset,
    ] as const;
    return (_task, begin, end) => {
      kernels.linearInputGrad(begin, end, ...tables, sizeOf(inputGrad.shape));
    };
  },

  linearWeightGrad({ reads: { input, outputGrad }, writes: { weightGrad, biasGrad } }, kernels, { steps }) {
    const [inputs, outputs] = [sizeOf(input.shape), sizeOf(outputGrad.shape)];
    const tables = [
      input.offset,
      inputs,
      outputGrad.offset,
      outputs,
      weightGrad.offset,
      biasGrad?.offset ?? ZEROS,
    ] as const;
    return (task, _begin, _end, step) => {
      const ranges = [...taskRange(inputs, task), ...taskRange(outputs, task)] as const;
      kernels.linearWeightGrad(...ranges, step, steps.offset, ...tables);
    };
  },

  transposeWeight({ reads: { weight }, writes: { transposed } }, kernels) {
    const [inputs, outputs] = weight.shape.slice(-2);
    const elements = sizeOf(weight.shape);
    const taps = elements / (inputs * outputs);
    return byElements(elements, (begin, end) => {
      kernels.transposeWeight(begin, end, weight.offset, taps, inputs, outputs, transposed.offset);
    });
  },
};
