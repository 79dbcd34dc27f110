import type { Tensor } from '../../plan/tensor.js';
import { forElements, forItemsOf } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { coefficientsCode, pixelsOf, storeSums, totalsCode } from './lib/normalization.js';
import { PAIRS, sums } from './lib/sums.js';
import { addresses, elementsOf, float } from './lib/wgsl.js';

export const channelSums: WebgpuKernel<'channelSums'> = ({ reads, writes }, limits) => {
  const channels = reads.input.shape[2];
  return sums(
    {
      channels,
      pixels: pixelsOf(reads.input),
      declarations: `${addresses({ ...reads, ...writes })}${storeSums(channels)}
fn terms(item: u32, pixel: u32, c: u32) -> Terms {
  let value = load(at_input(item, pixel * ${channels}u + c));
  return Terms(vec2f(value, 0.0), product(value, value));
}
`,
    },
    limits,
  );
};

/** The variance is the mean of `(x - m)²`, computed as `(Σx² - 2 · m · Σx + n · m²) / n` in pairs, so that a large mean costs no accuracy. */
export const batchNormStatistics: WebgpuKernel<'batchNormStatistics'> = (op) =>
  forElements(
    { ...op.reads, ...op.writes },
    elementsOf(op.reads.gamma),
    `let n = f32(current.count * ${op.positions}u);
  let total = totalOf(e);
  let squares = totalOf(${elementsOf(op.reads.gamma)}u + e);
  let m = (total.x + total.y) / n;
  let twice = scalePair(total, -2.0 * m);
  let deviations = addPairs(addPairs(squares, twice), scalePair(product(m, m), n));
  let variance = atLeastZero(deviations.x / n);
  let inverse = 1.0 / sqrt(variance + ${float(op.epsilon)});
  let scale = load(at_gamma(0u, e)) * inverse;
  store(at_mean(0u, e), m);
  store(at_inverseDeviation(0u, e), inverse);
  store(at_scale(0u, e), scale);
  store(at_shift(0u, e), load(at_beta(0u, e)) - m * scale);
  let unbiased = select(variance, variance * n / (n - 1.0), n > 1.0);
  let runningMean = load(at_runningMean(0u, e));
  let runningVariance = load(at_runningVariance(0u, e));
  store(at_runningMean(0u, e), ${float(1 - op.momentum)} * runningMean + ${float(op.momentum)} * m);
  store(at_runningVariance(0u, e), ${float(1 - op.momentum)} * runningVariance + ${float(op.momentum)} * unbiased);`,
    PAIRS + totalsCode(op.reads.sums),
  );

export const batchNormRunning: WebgpuKernel<'batchNormRunning'> = ({ reads, writes, epsilon }) =>
  forElements(
    { ...reads, ...writes },
    elementsOf(reads.gamma),
    `let factor = load(at_gamma(0u, e)) / sqrt(load(at_runningVariance(0u, e)) + ${float(epsilon)});
  store(at_scale(0u, e), factor);
  store(at_shift(0u, e), load(at_beta(0u, e)) - load(at_runningMean(0u, e)) * factor);`,
  );

export const scaleShift: WebgpuKernel<'scaleShift'> = ({ reads, writes }) =>
  forItemsOf(
    { ...reads, ...writes },
    writes.output,
    `let c = e % ${elementsOf(reads.scale)}u;
  store(at_output(item, e), load(at_input(item, e)) * load(at_scale(0u, c)) + load(at_shift(0u, c)));`,
  );

export const batchNormGradSums: WebgpuKernel<'batchNormGradSums'> = ({ reads, writes }, limits) => {
  const channels = elementsOf(reads.mean);
  return sums(
    {
      channels,
      pixels: pixelsOf(reads.input),
      declarations: `${addresses({ ...reads, ...writes })}${storeSums(channels)}
fn terms(item: u32, pixel: u32, c: u32) -> Terms {
  let e = pixel * ${channels}u + c;
  let gradient = load(at_outputGrad(item, e));
  return Terms(vec2f(gradient, 0.0), product(gradient, load(at_input(item, e)) - load(at_mean(0u, c))));
}
`,
    },
    limits,
  );
};

export const batchNormGradStatistics: WebgpuKernel<'batchNormGradStatistics'> = ({
  reads,
  writes,
  positions,
}) => {
  const channels = elementsOf(reads.gamma);
  return forElements(
    { ...reads, ...writes },
    channels,
    `let n = f32(current.count * ${positions}u);
  let s1 = totalOf(e).x;
  let s2 = totalOf(${channels}u + e).x;
  let inverse = load(at_inverseDeviation(0u, e));
  let a = load(at_gamma(0u, e)) * inverse;
  let b = -a * inverse * inverse * s2 / n;
  store(at_betaGrad(0u, e), s1);
  store(at_gammaGrad(0u, e), inverse * s2);
  store(at_coefficients(0u, e), a);
  store(at_coefficients(0u, ${channels}u + e), b);
  store(at_coefficients(0u, ${2 * channels}u + e), -a * s1 / n - b * load(at_mean(0u, e)));`,
    PAIRS + totalsCode(reads.sums),
  );
};

export const batchNormInputGrad: WebgpuKernel<'batchNormInputGrad'> = ({ reads, writes }) =>
  forItemsOf(
    { ...reads, ...writes },
    writes.inputGrad,
    `let channel = e % ${channelsOf(reads.input)}u;
  let coefficients = coefficientsOf(channel);
  let gradient = load(at_outputGrad(item, e));
  let value = coefficients.x * gradient + coefficients.y * load(at_input(item, e)) + coefficients.z;
  store(at_inputGrad(item, e), value);`,
    coefficientsCode(channelsOf(reads.input)),
  );

function channelsOf(image: Tensor): number {
  return image.shape[2];
}
