import type { OpName } from '#inkling/plan/ops.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { opTestOf } from '../harness/opCases.js';
import type { Expectation } from '../harness/opCase.js';

const FLOAT32_EPSILON = 2 ** -23;
/** WGSL has no float64 numbers: what WebAssembly computes in double precision has a few more roundings. */
const ROUNDINGS = 16;
/** Nonlinearities are functions of WGSL, whose results may deviate by more than a rounding. */
const NONLINEARITY_FACTOR = 4;
/** What else a shader may deviate by. */
const FURTHER: Readonly<Partial<Record<OpName, number>>> = {
  // A loss is the difference of numbers near 1.
  crossEntropy: ROUNDINGS * FLOAT32_EPSILON,
  score: ROUNDINGS * FLOAT32_EPSILON,
  // A position may be rounded to the next of 256 subpixels.
  augmentImages: 3 / 256,
};

/** The reference's value, and how far a shader may deviate from it: as far as a kernel in WebAssembly, with these exceptions. */
export function gpuExpectation(expected: Expectation, name: OpName, { dtype }: Tensor): Expectation {
  const { accuracy, cancelling = 0 } = opTestOf(name);
  const further = FURTHER[name] ?? 0;
  const factor = name.startsWith('nonlinearity') ? NONLINEARITY_FACTOR : 1;
  if (dtype === 'i32') return expected;
  return (index) => {
    const [value, allowed] = expected(index);
    const isRounded = accuracy === 'rounded' || (accuracy === 'exact' && dtype === 'f64');
    const rounded = isRounded ? ROUNDINGS * FLOAT32_EPSILON * (Math.abs(value) + cancelling) : allowed;
    return [value, rounded * factor + further];
  };
}
