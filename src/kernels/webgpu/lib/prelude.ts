import type { Step } from '../../../plan/steps.js';

/** The types of a step's fields in shaders, in the order in which they lie in memory; a missing field does not compile. */
export const STEP_WORDS: Readonly<Record<keyof Step, 'u32' | 'f32'>> = {
  first: 'u32',
  count: 'u32',
  learningRate: 'f32',
  biasCorrection1: 'f32',
  biasCorrection2: 'f32',
  averageShare: 'f32',
  dropoutSeed: 'u32',
  augmentSeed: 'u32',
};

/**
 * Numbers that are not finite, by their bits: compilers may assume that there are none, so that for NaN, `max(0.0, value)` may be 0 and
 * `exp(value)` infinite, and a training that has diverged would not be noticed.
 */
const NOT_FINITE = `
fn isNan(value: f32) -> bool { return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u; }
fn notANumber() -> f32 { return bitcast<f32>(0x7fc00000u | current.zero); }
fn exponential(value: f32) -> f32 {
  if (isNan(value)) { return value; }
  return exp(value);
}
fn isFinite(value: f32) -> bool { return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u; }
// 0 for negative numbers, whose bits are from 0x80000000 to 0xff800000.
fn atLeastZero(value: f32) -> f32 {
  let bits = bitcast<u32>(value);
  return bitcast<f32>(select(bits, 0u, bits - 0x80000000u <= 0x7f800000u));
}
// The maximum for larger numbers; positive numbers are in the order of their bits.
fn atMost(maximum: f32, value: f32) -> f32 {
  let bits = bitcast<u32>(value);
  return bitcast<f32>(select(bits, bitcast<u32>(maximum), bits > bitcast<u32>(maximum) && bits <= 0x7f800000u));
}
`;

/**
 * What every shader begins with: the memory of the arena, as 32-bit words, which are copied bit by bit, so that integers are never read as
 * floats; and the step. There are no float64 numbers in WGSL: an element of an f64 tensor is a pair of float32 numbers, whose sum is its value.
 *
 * @param buffers how many the memory consists of, of at most `bufferBytes` each, a power of two if there are several
 */
export function preludeOf(buffers: number, bufferBytes: number): string {
  const indices = Array.from({ length: buffers }, (_, index) => index);
  return `
struct Step {
${Object.entries(STEP_WORDS)
  .map(([field, type]) => `  ${field}: ${type},`)
  .join('\n')}
  row: u32,
  zero: u32,
}
@group(0) @binding(0) var<uniform> current: Step;
${indices.map((index) => `@group(0) @binding(${index + 1}) var<storage, read_write> memory${index}: array<u32>;`).join('\n')}
${buffers === 1 ? ONE_BUFFER : severalBuffers(indices, bufferBytes)}
fn load(at: u32) -> f32 { return bitcast<f32>(loadWord(at)); }
fn store(at: u32, value: f32) { storeWord(at, bitcast<u32>(value)); }
fn loadPair(at: u32) -> vec2f { return vec2f(load(at), load(at + 1u)); }
fn storePair(at: u32, value: vec2f) { store(at, value.x); store(at + 1u, value.y); }
${NOT_FINITE}`;
}

const ONE_BUFFER = `fn loadWord(at: u32) -> u32 { return memory0[at]; }
fn storeWord(at: u32, word: u32) { memory0[at] = word; }`;

function severalBuffers(indices: readonly number[], bufferBytes: number): string {
  const words = bufferBytes / Uint32Array.BYTES_PER_ELEMENT;
  const within = `at & ${words - 1}u`;
  const cases = (statementOf: (memory: string) => string) =>
    indices
      .map(
        (index) =>
          `${index === 0 ? 'default' : `case ${index}u`}: { ${statementOf(`memory${index}[${within}]`)} }`,
      )
      .join('\n    ');
  return `fn loadWord(at: u32) -> u32 {
  switch at >> ${Math.log2(words)}u {
    ${cases((word) => `return ${word};`)}
  }
}
fn storeWord(at: u32, word: u32) {
  switch at >> ${Math.log2(words)}u {
    ${cases((word) => `${word} = word;`)}
  }
}`;
}
