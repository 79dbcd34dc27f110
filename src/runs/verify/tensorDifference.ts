import type { ValueDifference } from './firstDifference.js';

type Tensors = ReadonlyMap<string, Float32Array | Uint32Array>;

/** The first value of some tensors that has other bits in others with the same names. */
export function tensorDifference(recorded: Tensors, repeated: Tensors): ValueDifference | undefined {
  for (const [name, values] of recorded) {
    const others = repeated.get(name);
    if (others?.length !== values.length) {
      return { path: `${name}.length`, recorded: values.length, repeated: others?.length };
    }
    const [bits, otherBits] = [bitsOf(values), bitsOf(others)];
    const index = bits.findIndex((value, at) => value !== otherBits[at]);
    if (index !== -1) return { path: `${name}[${index}]`, recorded: values[index], repeated: others[index] };
  }
  return undefined;
}

/** The bits of numbers: 0 and -0 are equal as numbers. */
function bitsOf({ buffer, byteOffset, length }: Float32Array | Uint32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}
