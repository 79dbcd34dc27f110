import type { Tensor } from '#inkling/plan/tensor.js';
import type { BatchNorm2dOp } from '#inkling/plan/ops/batchNorm2d.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';
import { inputGradOf } from '../harness/opInputs.js';

export const cases: CasesOf<BatchNorm2dOp['op']> = {
  channelSums: {
    accuracy: 'summed',
    draw: (draw) => ({
      op: 'channelSums',
      reads: { input: draw.image('input', [draw.height, draw.width, draw.channels]) },
      writes: { sums: draw.perTask('sums', [2, draw.channels], 'f64') },
    }),
  },
  batchNormStatistics: {
    accuracy: 'rounded',
    // The shift is beta minus mean times scale.
    cancelling: 1,
    draw(draw) {
      const channel = channelsOf(draw);
      return {
        op: 'batchNormStatistics',
        reads: { sums: sumsOf(draw), gamma: channel('gamma'), beta: channel('beta') },
        writes: {
          mean: channel('mean'),
          inverseDeviation: channel('inverseDeviation'),
          scale: channel('scale'),
          shift: channel('shift'),
          runningMean: channel('runningMean', -1, 1),
          runningVariance: channel('runningVariance', 0.5, 2),
        },
        epsilon: 1e-5,
        positions: draw.height * draw.width,
        momentum: 0.1,
      };
    },
  },
  batchNormRunning: {
    accuracy: 'rounded',
    // The shift is beta minus mean times scale.
    cancelling: 1,
    draw(draw) {
      const channel = channelsOf(draw);
      return {
        op: 'batchNormRunning',
        reads: {
          gamma: channel('gamma'),
          beta: channel('beta'),
          runningMean: channel('runningMean'),
          runningVariance: channel('runningVariance', 0, 2),
        },
        writes: { scale: channel('scale'), shift: channel('shift') },
        epsilon: 1e-5,
      };
    },
  },
  scaleShift: {
    accuracy: 'summed',
    draw(draw) {
      const channel = channelsOf(draw);
      const { reads, writes } = imageToImage(draw);
      return {
        op: 'scaleShift',
        reads: { ...reads, scale: channel('scale'), shift: channel('shift') },
        writes,
      };
    },
  },
  batchNormGradSums: {
    accuracy: 'summed',
    // The mean is subtracted.
    magnitudeOf: { mean: (value) => -Math.abs(value) },
    draw(draw) {
      const shape = [draw.height, draw.width, draw.channels];
      return {
        op: 'batchNormGradSums',
        reads: {
          input: draw.image('input', shape),
          outputGrad: draw.image('outputGrad', shape),
          mean: channelsOf(draw)('mean'),
        },
        writes: { sums: draw.perTask('sums', [2, draw.channels], 'f64') },
      };
    },
  },
  batchNormGradStatistics: {
    accuracy: 'rounded',
    draw(draw) {
      const channel = channelsOf(draw);
      return {
        op: 'batchNormGradStatistics',
        reads: {
          sums: sumsOf(draw),
          gamma: channel('gamma'),
          mean: channel('mean'),
          inverseDeviation: channel('inverseDeviation', 0.5, 2),
        },
        writes: {
          gammaGrad: channel('gammaGrad'),
          betaGrad: channel('betaGrad'),
          coefficients: draw.shared('coefficients', [3, draw.channels]),
        },
        positions: draw.height * draw.width,
      };
    },
  },
  batchNormInputGrad: {
    accuracy: 'summed',
    draw(draw) {
      const shape = [draw.height, draw.width, draw.channels];
      const input = draw.image('input', shape);
      return {
        op: 'batchNormInputGrad',
        reads: {
          input,
          outputGrad: draw.image('outputGrad', shape),
          coefficients: draw.shared('coefficients', [3, draw.channels]),
        },
        writes: { inputGrad: inputGradOf(draw, input) },
      };
    },
  },
};

function imageToImage(draw: OpDraw) {
  const shape = [draw.height, draw.width, draw.channels];
  return { reads: { input: draw.image('input', shape) }, writes: { output: draw.image('output', shape) } };
}

/** Adds vectors with one element per channel. */
function channelsOf(draw: OpDraw) {
  return (name: string, low?: number, high = 1): Tensor =>
    draw.shared(name, [draw.channels], low === undefined ? undefined : () => draw.random.uniform(low, high));
}

/** Sums and sums of squares of each task. */
function sumsOf(draw: OpDraw): Tensor {
  const isSquares = (element: number) => element % (2 * draw.channels) >= draw.channels;
  return draw.perTask('sums', [2, draw.channels], 'f64', (element) =>
    isSquares(element) ? draw.random.uniform(0, 4) : draw.random.uniform(-1, 1),
  );
}
