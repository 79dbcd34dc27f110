import { InklingError } from '../../../core/errors.js';
import { formatCount } from '../../../core/format.js';
import { storedBytesPerValue } from './storageTypes.js';
import type { PickleValue, Storage } from './values.js';

/** A file of `torch.save` in either format. */
export interface TorchFile {
  /** The object that was saved. */
  readonly value: PickleValue;
  /**
   * The values of a storage as they are in the file.
   *
   * @throws {InklingError} with the reason only, when they are missing or have another size than the storage
   */
  readonly bytesOf: (storage: Storage) => Uint8Array;
}

/** @throws {InklingError} unless the values of a storage have the size that it states */
export function checkStorageSize({ key, type, size }: Storage, bytes: number): void {
  const expected = size * storedBytesPerValue(type);
  if (bytes === expected) return;
  throw new InklingError(
    `storage ${JSON.stringify(key)}: expected ${formatCount(expected)} bytes for ${formatCount(size)} values of ${type}, ` +
      `got ${formatCount(bytes)}; get a clean copy`,
  );
}

export function missingStorage(key: string): InklingError {
  return new InklingError(
    `expected the values of storage ${JSON.stringify(key)}, got none; get a complete copy`,
  );
}

export function wrongByteOrder(): InklingError {
  return new InklingError(
    'expected values in little-endian byte order, got big-endian; save it on another machine',
  );
}
