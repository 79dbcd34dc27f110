import { describeType } from '../core/checkPixels.js';
import { UsageError } from '../core/errors.js';
import { type SavedModel, savedModelOf } from './checkpoint.js';
import { decodeSafetensors } from './decodeSafetensors.js';

/**
 * Inverse of `encodeCheckpoint`.
 *
 * @param who the file, for error messages
 * @throws {UsageError} for anything but bytes
 * @throws {InklingError} if it is not a valid safetensors file, or lacks a definition, weights or classes that match
 */
export function decodeCheckpoint(bytes: Uint8Array, who = 'the file'): SavedModel {
  if (!(bytes instanceof Uint8Array)) {
    throw new UsageError(`${who}: expected its bytes as a Uint8Array, got ${describeType(bytes)}`);
  }
  return savedModelOf(decodeSafetensors(bytes, who), who);
}
