import { taskRange } from '../../plan/plan.js';
import { type ReferenceKernel, stepReader } from './lib/kernel.js';

/**
 * `weight -= learningRate · decay · weight`. Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019; the
 * learning rate is a factor, as in PyTorch.
 */
export const decayWeight: ReferenceKernel<'decayWeight'> = (op, memory, plan) => {
  const weight = memory.floats(op.writes.weight);
  const stepValue = stepReader(memory, plan);

  return (task, _begin, _end, step) => {
    const factor = 1 - stepValue(step, 'learningRate') * op.rateFactor * op.decay;
    const [begin, end] = taskRange(weight.length, task);
    for (let e = begin; e < end; e++) weight[e] *= factor;
  };
};

/** `gradient += decay · weight` */
export const weightPenaltyGrad: ReferenceKernel<'weightPenaltyGrad'> = ({ reads, writes, decay }, memory) => {
  const weight = memory.floats(reads.weight);
  const gradient = memory.floats(writes.gradient);

  return (task) => {
    const [begin, end] = taskRange(weight.length, task);
    for (let e = begin; e < end; e++) gradient[e] += decay * weight[e];
  };
};

/** Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015; epsilon placed as in PyTorch. */
export const adam: ReferenceKernel<'adam'> = (op, memory, plan) => {
  const gradient = memory.floats(op.reads.gradient);
  const parameter = memory.floats(op.writes.parameter);
  const firstMoment = memory.floats(op.writes.firstMoment);
  const secondMoment = memory.floats(op.writes.secondMoment);
  const stepValue = stepReader(memory, plan);
  const { rateFactor, beta1, beta2, epsilon } = op;

  return (task, _begin, _end, step) => {
    const stepSize = (stepValue(step, 'learningRate') * rateFactor) / stepValue(step, 'biasCorrection1');
    const correction = Math.sqrt(stepValue(step, 'biasCorrection2'));
    const [begin, end] = taskRange(parameter.length, task);
    for (let e = begin; e < end; e++) {
      const first = beta1 * firstMoment[e] + (1 - beta1) * gradient[e];
      const second = beta2 * secondMoment[e] + (1 - beta2) * gradient[e] * gradient[e];
      firstMoment[e] = first;
      secondMoment[e] = second;
      parameter[e] -= (stepSize * first) / (Math.sqrt(second) / correction + epsilon);
    }
  };
};

/**
 * `velocity = momentum · velocity + gradient`, `parameter -= learningRate · velocity`, as in PyTorch; with Nesterov momentum
 * `parameter -= learningRate · (momentum · velocity + gradient)`, with the new velocity.
 */
export const sgd: ReferenceKernel<'sgd'> = (op, memory, plan) => {
  const gradient = memory.floats(op.reads.gradient);
  const parameter = memory.floats(op.writes.parameter);
  const velocity = memory.floats(op.writes.velocity);
  const stepValue = stepReader(memory, plan);

  return (task, _begin, _end, step) => {
    const learningRate = stepValue(step, 'learningRate') * op.rateFactor;
    const [begin, end] = taskRange(parameter.length, task);
    for (let e = begin; e < end; e++) {
      const moved = op.momentum * velocity[e] + gradient[e];
      velocity[e] = moved;
      parameter[e] -= learningRate * (op.nesterov ? op.momentum * moved + gradient[e] : moved);
    }
  };
};

/** `average += averageShare · (value - average)` */
export const movingAverage: ReferenceKernel<'movingAverage'> = ({ reads, writes }, memory, plan) => {
  const value = memory.floats(reads.value);
  const average = memory.floats(writes.average);
  const stepValue = stepReader(memory, plan);

  return (task, _begin, _end, step) => {
    const share = stepValue(step, 'averageShare');
    const [begin, end] = taskRange(value.length, task);
    for (let e = begin; e < end; e++) average[e] += share * (value[e] - average[e]);
  };
};
