import type { Nonlinearity } from '../../plan/ops.js';
import type { ReferenceKernel } from './lib/kernel.js';
import { normalDensity, normalDistribution } from './lib/normal.js';
import { elementIndices } from './lib/indices.js';

/** A function and its derivative. */
interface Curve {
  readonly valueAt: (x: number) => number;
  readonly slopeAt: (x: number) => number;
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const hardSigmoid = (x: number) => Math.min(Math.max(x + 3, 0), 6) / 6;

/**
 * Sources: Maas et al., "Rectifier Nonlinearities", 2013, Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016, and Howard et al.,
 * "Searching for MobileNetV3", 2019. Slopes where there is no derivative are PyTorch's.
 */
function curveOf(nonlinearity: Nonlinearity): Curve {
  switch (nonlinearity.kind) {
    case 'leakyRelu': {
      const { slope } = nonlinearity;
      return { valueAt: (x) => (x > 0 ? x : slope * x), slopeAt: (x) => (x > 0 ? 1 : slope) };
    }
    case 'silu':
      return {
        valueAt: (x) => x * logistic(x),
        slopeAt: (x) => logistic(x) * (1 + x * logistic(-x)),
      };
    case 'gelu':
      return {
        valueAt: (x) => x * normalDistribution(x),
        slopeAt: (x) => normalDistribution(x) + x * normalDensity(x),
      };
    case 'sigmoid':
      return { valueAt: logistic, slopeAt: (x) => logistic(x) * logistic(-x) };
    case 'hardSigmoid':
      return { valueAt: hardSigmoid, slopeAt: (x) => (x > -3 && x < 3 ? 1 / 6 : 0) };
    case 'hardSwish':
      return {
        valueAt: (x) => x * hardSigmoid(x),
        slopeAt: (x) => (x > -3 && x < 3 ? x / 3 + 1 / 2 : hardSigmoid(x)),
      };
  }
}

/** `output = f(input)`, element by element. */
export const nonlinearity: ReferenceKernel<'nonlinearity'> = ({ reads, writes, ...op }, memory) => {
  const input = memory.floats(reads.input);
  const output = memory.floats(writes.output);
  const from = elementIndices(reads.input);
  const to = elementIndices(writes.output);
  const { valueAt } = curveOf(op.nonlinearity);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) output[to.of(item, e)] = valueAt(input[from.of(item, e)]);
    }
  };
};

/** `inputGrad = outputGrad · f'(input)`, element by element. */
export const nonlinearityGrad: ReferenceKernel<'nonlinearityGrad'> = ({ reads, writes, ...op }, memory) => {
  const input = memory.floats(reads.input);
  const outputGrad = memory.floats(reads.outputGrad);
  const inputGrad = memory.floats(writes.inputGrad);
  const inputPlaces = elementIndices(reads.input);
  const from = elementIndices(reads.outputGrad);
  const to = elementIndices(writes.inputGrad);
  const { slopeAt } = curveOf(op.nonlinearity);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        inputGrad[to.of(item, e)] = outputGrad[from.of(item, e)] * slopeAt(input[inputPlaces.of(item, e)]);
      }
    }
  };
};
