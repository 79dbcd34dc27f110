import { InklingError } from '../../../core/errors.js';
import { option } from '../../../core/optionName.js';
import { sizeOf } from '../../../core/shape.js';
import { BYTES_PER_ELEMENT, imageLayout, itemPitch, type Tensor } from '../../../plan/tensor.js';

/** Memory is an array of 32-bit words. */
const WORD_BYTES = 4;

/** The parameters of an entry point. */
export const BUILTINS =
  '@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32';
/** The index of the workgroup, in an entry point. */
export const GROUP_INDEX = 'group.y * groups.x + group.x';

/**
 * A float32 literal. WGSL rejects numbers that are too large for one, and whole numbers above 2^63 that have no fraction.
 *
 * @throws {InklingError} for numbers that are too large
 */
export function float(value: number): string {
  if (!Number.isFinite(Math.fround(value))) {
    throw new InklingError(
      `GPU: expected settings below 3.4e38, the largest float32 number, got ${String(value)}; decrease it, or use ${option('device')} cpu`,
    );
  }
  const digits = String(value);
  return `f32(${/[.e]/.test(digits) ? digits : `${digits}.0`})`;
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
