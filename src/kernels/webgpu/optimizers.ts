import type { Tensor } from '../../plan/tensor.js';
import { forElements } from './lib/elements.js';
import type { Dispatch, WebgpuKernel } from './lib/kernel.js';
import { elementsOf, float } from './lib/wgsl.js';

export const decayWeight: WebgpuKernel<'decayWeight'> = ({ writes, rateFactor, decay }) =>
  forVector(
    writes,
    writes.weight,
    `let factor = 1.0 - current.learningRate * ${float(rateFactor * decay)};
  store(at_weight(0u, e), load(at_weight(0u, e)) * factor);`,
  );

export const weightPenaltyGrad: WebgpuKernel<'weightPenaltyGrad'> = ({ reads, writes, decay }) =>
  forVector(
    { ...reads, ...writes },
    writes.gradient,
    `store(at_gradient(0u, e), load(at_gradient(0u, e)) + ${float(decay)} * load(at_weight(0u, e)));`,
  );

export const adam: WebgpuKernel<'adam'> = ({ reads, writes, rateFactor, beta1, beta2, epsilon }) =>
  forVector(
    { ...reads, ...writes },
    writes.parameter,
    `let stepSize = current.learningRate * ${float(rateFactor)} / current.biasCorrection1;
  let correction = sqrt(current.biasCorrection2);
  let gradient = load(at_gradient(0u, e));
  let first = ${float(beta1)} * load(at_firstMoment(0u, e)) + ${float(1 - beta1)} * gradient;
  let second = ${float(beta2)} * load(at_secondMoment(0u, e)) + ${float(1 - beta2)} * gradient * gradient;
  store(at_firstMoment(0u, e), first);
  store(at_secondMoment(0u, e), second);
  let change = stepSize * first / (sqrt(second) / correction + ${float(epsilon)});
  store(at_parameter(0u, e), load(at_parameter(0u, e)) - change);`,
  );

export const sgd: WebgpuKernel<'sgd'> = ({ reads, writes, rateFactor, momentum, nesterov }) =>
  forVector(
    { ...reads, ...writes },
    writes.parameter,
    `let gradient = load(at_gradient(0u, e));
  let moved = ${float(momentum)} * load(at_velocity(0u, e)) + gradient;
  store(at_velocity(0u, e), moved);
  let change = ${nesterov ? `${float(momentum)} * moved + gradient` : 'moved'};
  store(at_parameter(0u, e), load(at_parameter(0u, e)) - current.learningRate * ${float(rateFactor)} * change);`,
  );

export const movingAverage: WebgpuKernel<'movingAverage'> = ({ reads, writes }) =>
  forVector(
    { ...reads, ...writes },
    writes.average,
    `let average = load(at_average(0u, e));
  store(at_average(0u, e), average + current.averageShare * (load(at_value(0u, e)) - average));`,
  );

function forVector(tensors: Readonly<Record<string, Tensor>>, vector: Tensor, body: string): Dispatch {
  return forElements(tensors, elementsOf(vector), body);
}
