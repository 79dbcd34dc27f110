/** Bytes of a row of the plan's `steps`, and where its fields lie; see `Step`. */
const STEP: i32 = 64;
const FIRST: i32 = 0;
const COUNT: i32 = 8;
const LEARNING_RATE: i32 = 16;
const BIAS_CORRECTION_1: i32 = 24;
const BIAS_CORRECTION_2: i32 = 32;
const AVERAGE_SHARE: i32 = 40;
const DROPOUT_SEED: i32 = 48;
const AUGMENT_SEED: i32 = 56;

export function firstOf(steps: i32, step: i32): i32 {
  return <i32>f64.load(steps + step * STEP, FIRST);
}

export function countOf(steps: i32, step: i32): f64 {
  return f64.load(steps + step * STEP, COUNT);
}

export function learningRateOf(steps: i32, step: i32): f64 {
  return f64.load(steps + step * STEP, LEARNING_RATE);
}

export function biasCorrection1Of(steps: i32, step: i32): f64 {
  return f64.load(steps + step * STEP, BIAS_CORRECTION_1);
}

export function biasCorrection2Of(steps: i32, step: i32): f64 {
  return f64.load(steps + step * STEP, BIAS_CORRECTION_2);
}

export function averageShareOf(steps: i32, step: i32): f64 {
  return f64.load(steps + step * STEP, AVERAGE_SHARE);
}

export function dropoutSeedOf(steps: i32, step: i32): u32 {
  return <u32>f64.load(steps + step * STEP, DROPOUT_SEED);
}

export function augmentSeedOf(steps: i32, step: i32): u32 {
  return <u32>f64.load(steps + step * STEP, AUGMENT_SEED);
}
