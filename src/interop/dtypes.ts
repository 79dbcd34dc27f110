import type { Shape } from '../core/shape.js';

/** A tensor in a file; values are in row-major order: the last axis varies fastest. */
export type SavedTensor =
  | { readonly dtype: 'F32'; readonly shape: Shape; readonly values: Float32Array }
  | { readonly dtype: 'I64'; readonly shape: Shape; readonly values: BigInt64Array };

/** The types of values in files of weights, by their names in safetensors files, and the size of a value in bytes. */
export const bytesPerValue = { F32: 4, F64: 8, F16: 2, BF16: 2, I64: 8 } as const;

export type Dtype = keyof typeof bytesPerValue;

/**
 * A tensor from its values as they are in a file: in little-endian order, as on every platform with WebAssembly. Floating-point
 * numbers become float32, to which those of float64 are rounded.
 *
 * @param data only the values, which the result may use
 */
export function decodeTensor(dtype: Dtype, shape: Shape, data: ArrayBuffer): SavedTensor {
  return dtype === 'I64'
    ? { dtype, shape, values: new BigInt64Array(data) }
    : { dtype: 'F32', shape, values: decodeFloats(dtype, data) };
}

function decodeFloats(dtype: Exclude<Dtype, 'I64'>, data: ArrayBuffer): Float32Array {
  if (dtype === 'F32') return new Float32Array(data);
  if (dtype === 'F64') return new Float32Array(new Float64Array(data));
  return decodeHalves(new Uint16Array(data), dtype === 'F16' ? float16Bits : bfloat16Bits);
}

/** @param convert the bits of a float32 from those of a number with 16 bits */
function decodeHalves(halves: Uint16Array, convert: (bits: number) => number): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let index = 0; index < bits.length; index++) bits[index] = convert(halves[index]);
  return new Float32Array(bits.buffer);
}

/** A bfloat16 is the upper half of a float32. */
function bfloat16Bits(bits: number): number {
  return bits << 16;
}

/** Source: IEEE 754, binary16: a sign, 5 bits of exponent with a bias of 15, and 10 bits of fraction. */
function float16Bits(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 127 - 15) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // Subnormal, unlike as a float32: the leading bit of the fraction becomes implicit.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((127 - 14 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}
