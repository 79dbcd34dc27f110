import { FLOAT, VECTOR } from './lib/simd';
import { averageShareOf, biasCorrection1Of, biasCorrection2Of, learningRateOf } from './generated/step';

/** Multiplies weights by 1 minus the learning rate times `decay`. */
export function decayWeight(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  weight: i32,
  rateFactor: f64,
  decay: f64,
): void {
  const factor = <f32>(1 - learningRateOf(steps, step) * rateFactor * decay);
  let at = begin * FLOAT;
  const stop = end * FLOAT;
  for (; at + VECTOR <= stop; at += VECTOR) {
    v128.store(weight + at, f32x4.mul(v128.load(weight + at), f32x4.splat(factor)));
  }
  for (; at < stop; at += FLOAT) f32.store(weight + at, f32.load(weight + at) * factor);
}

/** Adds `decay` times the weight to its gradient. */
export function weightPenaltyGrad(begin: i32, end: i32, weight: i32, gradient: i32, decay: f32): void {
  let at = begin * FLOAT;
  const stop = end * FLOAT;
  for (; at + VECTOR <= stop; at += VECTOR) {
    const penalty = f32x4.mul(v128.load(weight + at), f32x4.splat(decay));
    v128.store(gradient + at, f32x4.add(v128.load(gradient + at), penalty));
  }
  for (; at < stop; at += FLOAT) {
    f32.store(gradient + at, f32.load(gradient + at) + f32.load(weight + at) * decay);
  }
}

/** Kingma and Ba, "Adam", 2015, with PyTorch's order of operations. */
export function adam(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  gradient: i32,
  parameter: i32,
  firstMoment: i32,
  secondMoment: i32,
  rateFactor: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f32,
): void {
  const stepSize = <f32>((learningRateOf(steps, step) * rateFactor) / biasCorrection1Of(steps, step));
  const root = <f32>sqrt<f64>(biasCorrection2Of(steps, step));
  const keep1 = <f32>beta1;
  const keep2 = <f32>beta2;
  const add1 = <f32>(1 - beta1);
  const add2 = <f32>(1 - beta2);
  let at = begin * FLOAT;
  const stop = end * FLOAT;
  for (; at + VECTOR <= stop; at += VECTOR) {
    const g = v128.load(gradient + at);
    const m = f32x4.add(
      f32x4.mul(v128.load(firstMoment + at), f32x4.splat(keep1)),
      f32x4.mul(g, f32x4.splat(add1)),
    );
    const v = f32x4.add(
      f32x4.mul(v128.load(secondMoment + at), f32x4.splat(keep2)),
      f32x4.mul(f32x4.mul(g, g), f32x4.splat(add2)),
    );
    const divisor = f32x4.add(f32x4.div(f32x4.sqrt(v), f32x4.splat(root)), f32x4.splat(epsilon));
    const change = f32x4.mul(f32x4.splat(stepSize), f32x4.div(m, divisor));
    v128.store(firstMoment + at, m);
    v128.store(secondMoment + at, v);
    v128.store(parameter + at, f32x4.sub(v128.load(parameter + at), change));
  }
  for (; at < stop; at += FLOAT) {
    const g = f32.load(gradient + at);
    const m = f32.load(firstMoment + at) * keep1 + g * add1;
    const v = f32.load(secondMoment + at) * keep2 + g * g * add2;
    f32.store(firstMoment + at, m);
    f32.store(secondMoment + at, v);
    f32.store(parameter + at, f32.load(parameter + at) - stepSize * (m / (sqrt<f32>(v) / root + epsilon)));
  }
}

/**
 * Stochastic gradient descent with momentum or Nesterov momentum; as in PyTorch, the velocity does not include the learning rate.
 */
export function sgd(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  gradient: i32,
  parameter: i32,
  velocity: i32,
  rateFactor: f64,
  momentum: f32,
  nesterov: bool,
): void {
  const rate = <f32>(learningRateOf(steps, step) * rateFactor);
  let at = begin * FLOAT;
  const stop = end * FLOAT;
  for (; at + VECTOR <= stop; at += VECTOR) {
    const g = v128.load(gradient + at);
    const v = f32x4.add(f32x4.mul(v128.load(velocity + at), f32x4.splat(momentum)), g);
    const change = nesterov ? f32x4.add(f32x4.mul(v, f32x4.splat(momentum)), g) : v;
    v128.store(velocity + at, v);
    v128.store(parameter + at, f32x4.sub(v128.load(parameter + at), f32x4.mul(change, f32x4.splat(rate))));
  }
  for (; at < stop; at += FLOAT) {
    const g = f32.load(gradient + at);
    const v = f32.load(velocity + at) * momentum + g;
    const change = nesterov ? v * momentum + g : v;
    f32.store(velocity + at, v);
    f32.store(parameter + at, f32.load(parameter + at) - change * rate);
  }
}

/** Moves an exponential moving average toward the new values by the step's `averageShare`. */
export function movingAverage(begin: i32, end: i32, step: i32, steps: i32, value: i32, average: i32): void {
  const share = <f32>averageShareOf(steps, step);
  let at = begin * FLOAT;
  const stop = end * FLOAT;
  for (; at + VECTOR <= stop; at += VECTOR) {
    const old = v128.load(average + at);
    const change = f32x4.mul(f32x4.sub(v128.load(value + at), old), f32x4.splat(share));
    v128.store(average + at, f32x4.add(old, change));
  }
  for (; at < stop; at += FLOAT) {
    const old = f32.load(average + at);
    f32.store(average + at, old + (f32.load(value + at) - old) * share);
  }
}
