import type { ReferenceKernel } from './kernel.js';

/** `output[o] = bias[o] + Σ input[i] · weight[i, o]` over i. */
export const linear: ReferenceKernel<'linear'> = ({ reads, writes }, memory) => {
  const [input, weight, bias] = [reads.input, reads.weight, reads.bias].map((tensor) =>
    memory.floats(tensor),
  );
  const output = memory.floats(writes.output);
  const [inputs] = reads.input.shape;
  const [outputs] = writes.output.shape;

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let o = 0; o < outputs; o++) {
        let sum = bias[o];
        for (let i = 0; i < inputs; i++) sum += input[item * inputs + i] * weight[i * outputs + o];
        output[item * outputs + o] = sum;
      }
    }
  };
};

/** `inputGrad[i] = Σ outputGrad[o] · transposed[o, i]` over o. */
export const linearInputGrad: ReferenceKernel<'linearInputGrad'> = ({ reads, writes }, memory) => {
  const outputGrad = memory.floats(reads.outputGrad);
  const transposed = memory.floats(reads.transposed);
  const inputGrad = memory.floats(writes.inputGrad);
  const [outputs] = reads.outputGrad.shape;
  const [inputs] = writes.inputGrad.shape;

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let i = 0; i < inputs; i++) {
        let sum = 0;
        for (let o = 0; o < outputs; o++) {
          sum += outputGrad[item * outputs + o] * transposed[o * inputs + i];
        }
        inputGrad[item * inputs + i] = sum;
      }
    }
  };
};

/** Over the task's items: `weight[i, o]` is due `input[i] · outputGrad[o]`, `bias[o]` is due `outputGrad[o]`. */
export const linearWeightGrad: ReferenceKernel<'linearWeightGrad'> = ({ reads, writes }, memory) => {
  const input = memory.floats(reads.input);
  const outputGrad = memory.floats(reads.outputGrad);
  const weightPartials = memory.floats(writes.weightPartials);
  const biasPartials = memory.floats(writes.biasPartials);
  const [inputs] = reads.input.shape;
  const [outputs] = reads.outputGrad.shape;

  return (task, begin, end) => {
    const weightSums = new Float64Array(inputs * outputs);
    const biasSums = new Float64Array(outputs);
    for (let item = begin; item < end; item++) {
      for (let o = 0; o < outputs; o++) {
        const gradient = outputGrad[item * outputs + o];
        biasSums[o] += gradient;
        for (let i = 0; i < inputs; i++) weightSums[i * outputs + o] += input[item * inputs + i] * gradient;
      }
    }
    weightPartials.set(weightSums, task * weightSums.length);
    biasPartials.set(biasSums, task * biasSums.length);
  };
};
