import { BYTES_PER_ELEMENT, type Tensor } from '#inkling/plan/tensor.js';
import { interiorOf } from '../../helpers/referenceRun.js';
import type { Expectation } from './opCase.js';

/** Describes the first wrong value of a written tensor, if there is one. */
export function mistakeIn(
  tensor: Tensor,
  expected: Expectation,
  actual: ArrayLike<number>,
): string | undefined {
  for (const index of interiorOf(tensor)) {
    const [value, allowed] = expected(index);
    const got = actual[index];
    if (!Object.is(got, value) && !(Math.abs(got - value) <= allowed)) {
      return `${tensor.name}[${index}] is ${got}, expected ${value} ± ${allowed}`;
    }
  }
  return undefined;
}

/** The first byte that changed outside of the tensors that may be written, or in their halos; -1 if there is none. */
export function foreignByte(before: Uint8Array, after: Uint8Array, written: readonly Tensor[]): number {
  const expected = before.slice();
  for (const tensor of written) {
    const size = BYTES_PER_ELEMENT[tensor.dtype];
    for (const index of interiorOf(tensor)) {
      const start = tensor.offset + index * size;
      for (let byte = start; byte < start + size; byte++) expected[byte] = after[byte];
    }
  }
  return Buffer.compare(expected, after) === 0
    ? -1
    : expected.findIndex((byte, index) => byte !== after[index]);
}
