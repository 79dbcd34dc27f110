import { taskRange } from '../../plan/plan.js';
import { type ReferenceKernel, stepReader } from './lib/kernel.js';

/** `output[o] = bias[o] + Σ input[i] · weight[i, o]` over i. */
export const linear: ReferenceKernel<'linear'> = ({ reads, writes }, memory) => {
  const [input, weight] = [reads.input, reads.weight].map((tensor) => memory.floats(tensor));
  const bias = reads.bias && memory.floats(reads.bias);
  const output = memory.floats(writes.output);
  const [inputs] = reads.input.shape;
  const [outputs] = writes.output.shape;

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let o = 0; o < outputs; o++) {
        let sum = bias?.[o] ?? 0;
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

/** `weightGrad[i, o] = Σ input[i] · outputGrad[o]` and `biasGrad[o] = Σ outputGrad[o]`, over the images of the batch. */
export const linearWeightGrad: ReferenceKernel<'linearWeightGrad'> = ({ reads, writes }, memory, plan) => {
  const input = memory.floats(reads.input);
  const outputGrad = memory.floats(reads.outputGrad);
  const weightGrad = memory.floats(writes.weightGrad);
  const biasGrad = writes.biasGrad && memory.floats(writes.biasGrad);
  const [inputs] = reads.input.shape;
  const [outputs] = reads.outputGrad.shape;
  const stepValue = stepReader(memory, plan);
  const sumOver = (images: number, term: (image: number) => number): number => {
    let sum = 0;
    for (let image = 0; image < images; image++) sum += term(image);
    return sum;
  };

  return (task, _begin, _end, step) => {
    const count = stepValue(step, 'count');
    const gradOf = (image: number, o: number) => outputGrad[image * outputs + o];
    const [firstInput, lastInput] = taskRange(inputs, task);
    for (let i = firstInput; i < lastInput; i++) {
      for (let o = 0; o < outputs; o++) {
        weightGrad[i * outputs + o] = sumOver(count, (image) => input[image * inputs + i] * gradOf(image, o));
      }
    }
    if (biasGrad === undefined) return;
    const [firstOutput, lastOutput] = taskRange(outputs, task);
    for (let o = firstOutput; o < lastOutput; o++) biasGrad[o] = sumOver(count, (image) => gradOf(image, o));
  };
};
