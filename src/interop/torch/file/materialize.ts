import { InklingError } from '../../../core/errors.js';
import { formatCount } from '../../../core/format.js';
import { type Shape, sizeOf } from '../../../core/shape.js';
import type { SavedTensor } from '../../dtypes.js';
import { decodedBytesPerValue, decodeStored, storedBytesPerValue } from './storageTypes.js';
import type { TorchFile } from './torchFile.js';
import type { StoredTensor } from './values.js';

/** The values of a tensor in row-major order, which must be within its storage (`checkView`). */
export function materialize(tensor: StoredTensor, bytesOf: TorchFile['bytesOf']): SavedTensor {
  const { storage, shape } = tensor;
  return decodeStored(storage.type, shape, valuesOf(tensor, bytesOf(storage)));
}

/** The size of a tensor's values after decoding, in bytes; not a number if it is too large to tell. */
export function decodedBytes({ storage, shape }: StoredTensor): number {
  return sizeOf(shape) * decodedBytesPerValue(storage.type);
}

/** @throws {InklingError} with the reason only, unless offset, sizes, and strides select values of the storage */
export function checkView({ storage, offset, shape, strides }: StoredTensor): void {
  const list = (values: Shape) => `[${values.join(', ')}]`;
  const view = `sizes ${list(shape)}, strides ${list(strides)}, and offset ${offset}`;
  if (shape.length !== strides.length) {
    throw new InklingError(
      `expected as many strides as sizes, got ${shape.length} sizes and ${strides.length} strides; get a clean copy`,
    );
  }
  if ([offset, ...shape, ...strides].some((value) => value < 0)) {
    throw new InklingError(`expected no negative numbers, got ${view}; get a clean copy`);
  }
  if (shape.includes(0)) return;
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis], offset);
  if (last < storage.size) return;
  throw new InklingError(
    `expected values within its storage of ${formatCount(storage.size)}, got ${view}; get a clean copy`,
  );
}

/** The bytes of a tensor's values, copied in row-major order. */
function valuesOf({ storage, offset, shape, strides }: StoredTensor, stored: Uint8Array): ArrayBuffer {
  const bytes = storedBytesPerValue(storage.type);
  const count = sizeOf(shape);
  if (isContiguous(shape, strides)) {
    return new Uint8Array(stored.subarray(offset * bytes, (offset + count) * bytes)).buffer;
  }
  const values = new Uint8Array(count * bytes);
  // Those with one index would only take time.
  const axes = [...shape.keys()].filter((axis) => shape[axis] > 1).reverse();
  const index = shape.map(() => 0);
  let from = offset;
  for (let to = 0; to < count; to++) {
    for (let byte = 0; byte < bytes; byte++) values[to * bytes + byte] = stored[from * bytes + byte];
    // The next index: the last axis varies fastest.
    for (const axis of axes) {
      from += strides[axis];
      index[axis]++;
      if (index[axis] < shape[axis]) break;
      from -= shape[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return values.buffer;
}

/** Whether the values follow each other in row-major order; the stride of an axis with one index does not matter. */
function isContiguous(shape: Shape, strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}
