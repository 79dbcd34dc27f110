import { sizeOf } from '../../../core/shape.js';
import type { Step } from '../../../plan/steps.js';
import { BYTES_PER_ELEMENT, imageLayout, itemPitch, type Tensor } from '../../../plan/tensor.js';

/** Memory is an array of 32-bit words: numbers are copied bit by bit, so that integers are never read as floats. */
const WORD_BYTES = 4;

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
 * What every shader begins with: the memory of the arena, and the step. There are no float64 numbers in WGSL: an element of an f64 tensor
 * is a pair of float32 numbers, whose sum is its value.
 */
export const PRELUDE = `
struct Step {
${Object.entries(STEP_WORDS)
  .map(([field, type]) => `  ${field}: ${type},`)
  .join('\n')}
  row: u32,
}
@group(0) @binding(0) var<storage, read_write> memory: array<u32>;
@group(0) @binding(1) var<uniform> current: Step;
fn load(at: u32) -> f32 { return bitcast<f32>(memory[at]); }
fn store(at: u32, value: f32) { memory[at] = bitcast<u32>(value); }
fn loadPair(at: u32) -> vec2f { return vec2f(load(at), load(at + 1u)); }
fn storePair(at: u32, value: vec2f) { store(at, value.x); store(at + 1u, value.y); }
`;

/** The parameters of an entry point. */
export const BUILTINS =
  '@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32';
/** The index of the workgroup, in an entry point. */
export const GROUP_INDEX = 'group.y * groups.x + group.x';

/** A float32 literal. */
export function float(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`WGSL has no literal for ${String(value)}`);
  return `f32(${String(value)})`;
}

/**
 * Declares the addresses of tensors, in words: for `input`, `at_input(item, element)`, where elements do not count the halo; for images
 * also `pixel_input(item, y, x)`, the first channel of a pixel, where rows and columns below 0 belong to the halo.
 */
export function addresses(tensors: Readonly<Record<string, Tensor | undefined>>): string {
  return Object.entries(tensors)
    .map(([name, tensor]) => (tensor === undefined ? '' : addressesOf(name, tensor)))
    .join('');
}

function addressesOf(name: string, tensor: Tensor): string {
  const start = tensor.offset / WORD_BYTES;
  if (tensor.shape.length !== 3 || tensor.dtype !== 'f32') {
    const words = BYTES_PER_ELEMENT[tensor.dtype] / WORD_BYTES;
    const item = `item * ${itemPitch(tensor) / WORD_BYTES}u`;
    return `fn at_${name}(item: u32, e: u32) -> u32 { return ${start}u + ${item} + e * ${words}u; }\n`;
  }
  const { width, channels, rowPitch, itemPitch: pitch, origin } = imageLayout(tensor);
  // An image can consist of its halo only.
  const row = Math.max(1, width * channels);
  const element = rowPitch === row ? 'e' : `e / ${row}u * ${rowPitch}u + e % ${row}u`;
  const first = start + origin;
  return `fn at_${name}(item: u32, e: u32) -> u32 { return ${first}u + item * ${pitch}u + ${element}; }
fn pixel_${name}(item: u32, y: i32, x: i32) -> u32 {
  return u32(${first} + i32(item) * ${pitch} + y * ${rowPitch} + x * ${channels});
}
`;
}

/** The number of elements of a tensor's items, without halos. */
export function elementsOf({ shape }: Tensor): number {
  return sizeOf(shape);
}
