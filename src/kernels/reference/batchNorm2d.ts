import type { Tensor } from '../../plan/tensor.js';
import { type ReferenceKernel, stepReader } from './lib/kernel.js';
import type { TensorMemory } from '../../plan/memory.js';
import { elementIndices } from './lib/indices.js';

/** `sums[task] = [Σ x, Σ x²]`, per channel, over the task's images. */
export const channelSums: ReferenceKernel<'channelSums'> = ({ reads, writes }, memory) => {
  const input = memory.floats(reads.input);
  const sums = memory.doubles(writes.sums);
  const from = elementIndices(reads.input);
  const channels = reads.input.shape[2];

  return (task, begin, end) => {
    const own = sums.subarray(task * 2 * channels, (task + 1) * 2 * channels).fill(0);
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < from.size; e++) {
        const value = input[from.of(item, e)];
        own[e % channels] += value;
        own[channels + (e % channels)] += value * value;
      }
    }
  };
};

/** As in PyTorch, the batch is normalized with the biased variance, and the running statistics use the unbiased variance. */
export const batchNormStatistics: ReferenceKernel<'batchNormStatistics'> = (op, memory, plan) => {
  const gamma = memory.floats(op.reads.gamma);
  const beta = memory.floats(op.reads.beta);
  const mean = memory.floats(op.writes.mean);
  const inverseDeviation = memory.floats(op.writes.inverseDeviation);
  const scale = memory.floats(op.writes.scale);
  const shift = memory.floats(op.writes.shift);
  const runningMean = memory.floats(op.writes.runningMean);
  const runningVariance = memory.floats(op.writes.runningVariance);
  const stepValue = stepReader(memory, plan);

  return (_task, _begin, _end, step) => {
    const n = stepValue(step, 'count') * op.positions;
    const [sums, squares] = totalsOf(op.reads.sums, memory);
    for (let c = 0; c < gamma.length; c++) {
      const m = sums[c] / n;
      const variance = Math.max(0, squares[c] / n - m * m);
      const inverse = 1 / Math.sqrt(variance + op.epsilon);
      mean[c] = m;
      inverseDeviation[c] = inverse;
      scale[c] = gamma[c] * inverse;
      shift[c] = beta[c] - m * gamma[c] * inverse;
      const unbiased = n > 1 ? (variance * n) / (n - 1) : variance;
      runningMean[c] = (1 - op.momentum) * runningMean[c] + op.momentum * m;
      runningVariance[c] = (1 - op.momentum) * runningVariance[c] + op.momentum * unbiased;
    }
  };
};

/** `scale = gamma / sqrt(runningVariance + epsilon)`, `shift = beta - runningMean · scale` */
export const batchNormRunning: ReferenceKernel<'batchNormRunning'> = ({ reads, writes, epsilon }, memory) => {
  const gamma = memory.floats(reads.gamma);
  const beta = memory.floats(reads.beta);
  const runningMean = memory.floats(reads.runningMean);
  const runningVariance = memory.floats(reads.runningVariance);
  const scale = memory.floats(writes.scale);
  const shift = memory.floats(writes.shift);

  return () => {
    for (let c = 0; c < gamma.length; c++) {
      const factor = gamma[c] / Math.sqrt(runningVariance[c] + epsilon);
      scale[c] = factor;
      shift[c] = beta[c] - runningMean[c] * factor;
    }
  };
};

export const scaleShift: ReferenceKernel<'scaleShift'> = ({ reads, writes }, memory) => {
  const [input, scale, shift] = [reads.input, reads.scale, reads.shift].map((tensor) =>
    memory.floats(tensor),
  );
  const output = memory.floats(writes.output);
  const from = elementIndices(reads.input);
  const to = elementIndices(writes.output);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        const c = e % scale.length;
        output[to.of(item, e)] = input[from.of(item, e)] * scale[c] + shift[c];
      }
    }
  };
};

/** `sums[task] = [Σ dy, Σ dy · (x - mean)]`, per channel, over the task's images; dy is the gradient of the output. */
export const batchNormGradSums: ReferenceKernel<'batchNormGradSums'> = ({ reads, writes }, memory) => {
  const input = memory.floats(reads.input);
  const outputGrad = memory.floats(reads.outputGrad);
  const mean = memory.floats(reads.mean);
  const sums = memory.doubles(writes.sums);
  const inputIndices = elementIndices(reads.input);
  const gradIndices = elementIndices(reads.outputGrad);
  const channels = mean.length;

  return (task, begin, end) => {
    const own = sums.subarray(task * 2 * channels, (task + 1) * 2 * channels).fill(0);
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < gradIndices.size; e++) {
        const c = e % channels;
        const gradient = outputGrad[gradIndices.of(item, e)];
        own[c] += gradient;
        own[channels + c] += gradient * (input[inputIndices.of(item, e)] - mean[c]);
      }
    }
  };
};

/**
 * With the inverse deviation d, n values per channel and the totals S1 and S2 of `batchNormGradSums`:
 * `dx = gamma · d · (dy - S1 / n - (x - mean) · d² · S2 / n)`, which `batchNormInputGrad` computes as `a · dy + b · x + c`.
 */
export const batchNormGradStatistics: ReferenceKernel<'batchNormGradStatistics'> = (op, memory, plan) => {
  const gamma = memory.floats(op.reads.gamma);
  const mean = memory.floats(op.reads.mean);
  const inverseDeviation = memory.floats(op.reads.inverseDeviation);
  const gammaGrad = memory.floats(op.writes.gammaGrad);
  const betaGrad = memory.floats(op.writes.betaGrad);
  const coefficients = memory.floats(op.writes.coefficients);
  const stepValue = stepReader(memory, plan);
  const channels = gamma.length;

  return (_task, _begin, _end, step) => {
    const n = stepValue(step, 'count') * op.positions;
    const [s1, s2] = totalsOf(op.reads.sums, memory);
    for (let c = 0; c < channels; c++) {
      const a = gamma[c] * inverseDeviation[c];
      const b = (-a * inverseDeviation[c] ** 2 * s2[c]) / n;
      betaGrad[c] = s1[c];
      gammaGrad[c] = inverseDeviation[c] * s2[c];
      coefficients[c] = a;
      coefficients[channels + c] = b;
      coefficients[2 * channels + c] = (-a * s1[c]) / n - b * mean[c];
    }
  };
};

export const batchNormInputGrad: ReferenceKernel<'batchNormInputGrad'> = ({ reads, writes }, memory) => {
  const input = memory.floats(reads.input);
  const outputGrad = memory.floats(reads.outputGrad);
  const coefficients = memory.floats(reads.coefficients);
  const inputGrad = memory.floats(writes.inputGrad);
  const inputIndices = elementIndices(reads.input);
  const from = elementIndices(reads.outputGrad);
  const to = elementIndices(writes.inputGrad);
  const channels = reads.input.shape[2];

  return (_task, begin, end) => {
    const [a, b, c] = [0, 1, 2].map((row) => coefficients.subarray(row * channels, (row + 1) * channels));
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        const channel = e % channels;
        const fromOutput = a[channel] * outputGrad[from.of(item, e)];
        inputGrad[to.of(item, e)] = fromOutput + b[channel] * input[inputIndices.of(item, e)] + c[channel];
      }
    }
  };
};

/** Adds up the pairs of sums of all tasks, in task order. */
function totalsOf(sums: Tensor, memory: TensorMemory): [Float64Array, Float64Array] {
  const channels = sums.shape[1];
  const totals = new Float64Array(2 * channels);
  memory.doubles(sums).forEach((sum, index) => {
    totals[index % totals.length] += sum;
  });
  return [totals.subarray(0, channels), totals.subarray(channels)];
}
