import { expect, test } from 'vitest';
import { decodeTensor } from '#inkling/interop/dtypes.js';

/** The value of a half, from the definition in IEEE 754. */
function halfOf(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const sign = bits >= 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

test('converts every half to the same number', () => {
  const bits = Uint16Array.from({ length: 65_536 }, (_, index) => index);
  const { dtype, shape, values } = decodeTensor('F16', [256, 256], bits.buffer);
  expect([dtype, shape]).toEqual(['F32', [256, 256]]);
  expect(values).toEqual(Float32Array.from(bits, halfOf));
});

test('converts bfloat16, of which a float32 has the same leading bits', () => {
  const bits = Uint16Array.of(0, 0x8000, 0x3f80, 0xc049, 0x7f80, 0x7fc0, 1);
  const expected = [0, -0, 1, -3.140625, Infinity, NaN, 2 ** -133];
  expect([...decodeTensor('BF16', [7], bits.buffer).values]).toEqual(expected);
});

test('rounds float64, and leaves float32 and int64 as they are', () => {
  expect([...decodeTensor('F64', [2], Float64Array.of(0.1, 1e-300).buffer).values]).toEqual([
    Math.fround(0.1),
    0,
  ]);
  const values = Float32Array.of(1, 2);
  expect(decodeTensor('F32', [2], values.buffer)).toEqual({ dtype: 'F32', shape: [2], values });
  const counts = BigInt64Array.of(-1n);
  expect(decodeTensor('I64', [], counts.buffer)).toEqual({ dtype: 'I64', shape: [], values: counts });
});
