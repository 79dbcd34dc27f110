import { concatenateBytes } from '../core/arrays.js';
import { InklingError } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import { bytesPerValue, decodeTensor, type SavedTensor } from './dtypes.js';
import { CHECKSUM_KEY, contentChecksum, verifyChecksum } from './safetensorsChecksum.js';
import { checkName, LENGTH_BYTES, METADATA_KEY, parseHeader, type TensorEntry } from './safetensorsHeader.js';

/** The contents of a safetensors file. */
export interface SafetensorsFile {
  /** In the order of their data. */
  readonly tensors: Map<string, SavedTensor>;
  /** Without the checksum. */
  readonly metadata: Readonly<Record<string, string>>;
}

// Values are copied as they are in memory: in little-endian order, as on every platform with WebAssembly.

/**
 * Encodes a safetensors file: the length of the header in 8 bytes, the header in JSON, padded with spaces to a multiple of
 * 8 bytes, and the tensors in the given order. Source: the specification in the `safetensors` repository. The metadata include
 * a checksum of the contents.
 *
 * @param metadata text entries about the file as a whole
 * @throws {InklingError} for an invalid tensor name, or a shape that does not match the number of values
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, SavedTensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const entries: TensorEntry[] = [];
  let dataBytes = 0;
  for (const [name, { dtype, shape, values }] of tensors) {
    checkName(name, 'safetensors');
    if (sizeOf(shape) !== values.length) {
      throw new InklingError(
        `safetensors: tensor "${name}": expected ${sizeOf(shape)} values for [${shape.join(', ')}], got ${values.length}`,
      );
    }
    const end = dataBytes + values.length * bytesPerValue[dtype];
    entries.push({ name, dtype, shape, begin: dataBytes, end });
    dataBytes = end;
  }
  const data = [...tensors.values()].map(
    ({ values: { buffer, byteOffset, byteLength } }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  const checksum = contentChecksum(metadata, entries, ...data);
  const header = headerOf({ [CHECKSUM_KEY]: checksum, ...metadata }, entries);
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return concatenateBytes([length, header, ...data]);
}

/** In JSON, padded. */
function headerOf(metadata: Readonly<Record<string, string>>, entries: readonly TensorEntry[]): Uint8Array {
  // Not the JSON of an object, in which names that are integers would precede the metadata.
  const members = [
    [METADATA_KEY, metadata] as const,
    ...entries.map(
      ({ name, dtype, shape, begin, end }) => [name, { dtype, shape, data_offsets: [begin, end] }] as const,
    ),
  ].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const text = new TextEncoder().encode(`{${members.join(',')}}`);
  const header = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  header.set(text);
  return header;
}

/**
 * Decodes a safetensors file; the values are copies, and floating-point numbers of other sizes are converted to float32.
 *
 * @param who the file, for error messages
 * @throws {InklingError} unless the header describes exactly these bytes, as tensors of a supported type, and their checksum is right
 */
export function readSafetensors(bytes: Uint8Array, who: string): SafetensorsFile {
  const header = parseHeader(bytes, who);
  verifyChecksum(bytes, header, who);
  const { entries, metadata, dataStart } = header;
  const tensors = new Map<string, SavedTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    // A copy, because the data may start at any byte, but a typed array only at a multiple of its element size.
    const { buffer } = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end));
    tensors.set(name, decodeTensor(dtype, shape, buffer));
  }
  const others = Object.entries(metadata).filter(([key]) => key !== CHECKSUM_KEY);
  return { tensors, metadata: Object.fromEntries(others) };
}

/**
 * @param who the file, for error messages
 * @throws {InklingError} when a value is not a finite number, which no weight of a trained model is
 */
export function checkFinite(tensors: ReadonlyMap<string, SavedTensor>, who: string): void {
  for (const [name, { dtype, values }] of tensors) {
    if (dtype !== 'F32') continue;
    for (let index = 0; index < values.length; index++) {
      if (Number.isFinite(values[index])) continue;
      throw new InklingError(
        `${who}: tensor "${name}": expected finite numbers, got ${values[index]} at index ${index}; the file is damaged, or its training diverged: use another one`,
      );
    }
  }
}
