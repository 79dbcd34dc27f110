import * as z from 'zod/mini';
import { InklingError } from '../core/errors.js';
import { type Shape, sizeOf } from '../core/shape.js';
import { nonNegativeInteger, validate } from '../core/validate.js';
import { parseJson } from '../core/json.js';
import { bytesPerValue, type Dtype } from './dtypes.js';

/** A tensor's entry in the header; `begin` and `end` are byte offsets into the data. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their data, which they cover without gaps or overlaps. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** The byte offset of the data in the file. */
  readonly dataStart: number;
}

/** Size of the number before the header, which is the header's length. */
export const LENGTH_BYTES = 8;
/** The limit of the reference implementation. */
const MAX_HEADER_BYTES = 100_000_000;
/** What a header starts with. */
const BRACE = 0x7b;
/** The header's only entry that is not a tensor. */
export const METADATA_KEY = '__metadata__';

const metadataSchema = z.record(z.string(), z.string());

const entrySchema = z.strictObject({
  dtype: z.string().check(z.regex(/^\w{1,16}$/)),
  shape: z
    .array(nonNegativeInteger)
    .check(z.refine(hasSafeSize, { error: 'the product of its sizes is too large' })),
  data_offsets: z.tuple([nonNegativeInteger, nonNegativeInteger]),
});

/** Whether the number of bytes is a safe integer; axes of size 0 are ignored, so that they cannot hide large ones. */
function hasSafeSize(shape: Shape): boolean {
  return Number.isSafeInteger(sizeOf(shape.filter((size) => size > 0)) * bytesPerValue.I64);
}

/**
 * Parses the header of a safetensors file and validates it against the length of the file, before anything of a size that the
 * header claims is allocated.
 *
 * @param who the file, for error messages
 * @throws {InklingError} naming the first mistake
 */
export function parseHeader(bytes: Uint8Array, who: string): Header {
  const text = headerText(bytes, who);
  const dataStart = LENGTH_BYTES + text.bytes;
  const json = validate(z.looseObject({}), parseJson(text.value, `${who}: its header`), `${who}: its header`);
  const { [METADATA_KEY]: metadata = {}, ...tensors } = json;
  const entries = Object.entries(tensors)
    .map(([name, entry]) => parseEntry(name, entry, who))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCover(entries, bytes.length - dataStart, who);
  return {
    entries,
    metadata: validate(metadataSchema, metadata, `${who}: its ${METADATA_KEY}`),
    dataStart,
  };
}

/** The text of the header and its length in bytes. */
function headerText(bytes: Uint8Array, who: string): { value: string; bytes: number } {
  if (bytes.length < LENGTH_BYTES) {
    throw new InklingError(
      `${who}: expected a safetensors file, got ${bytes.length} bytes; get a complete copy`,
    );
  }
  const header = headerBytes(bytes, who);
  try {
    const value = new TextDecoder('utf-8', { fatal: true }).decode(header);
    return { value, bytes: header.length };
  } catch (error) {
    throw new InklingError(`${who}: expected a header in UTF-8; the file is damaged, get a complete copy`, {
      cause: error,
    });
  }
}

/** The length that a file states, and the most that is possible. */
function headerLength(bytes: Uint8Array) {
  return {
    claimed: new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true),
    available: Math.min(bytes.length - LENGTH_BYTES, MAX_HEADER_BYTES),
  };
}

/** Whether a file starts like one in another format: without the length of a header and the header. */
export function startsUnlikeSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < LENGTH_BYTES) return false;
  const { claimed, available } = headerLength(bytes);
  return claimed > available || claimed === 0n || bytes[LENGTH_BYTES] !== BRACE;
}

function headerBytes(bytes: Uint8Array, who: string): Uint8Array {
  const { claimed, available } = headerLength(bytes);
  const header = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + Number(claimed));
  if (claimed > available) {
    throw new InklingError(
      `${who}: expected a header of at most ${available} bytes, got a length of ${claimed}; ` +
        'the file is truncated or not a safetensors file',
    );
  }
  if (header[0] !== BRACE) {
    throw new InklingError(`${who}: expected a header that starts with "{"; it is not a safetensors file`);
  }
  return header;
}

function parseEntry(name: string, entry: unknown, who: string): TensorEntry {
  checkName(name, who);
  const tensor = `${who}: tensor "${name}"`;
  const { dtype, shape, data_offsets: offsets } = validate(entrySchema, entry, tensor);
  if (!isDtype(dtype)) {
    throw new InklingError(
      `${tensor}: expected F32, F64, F16, BF16, or I64 for counts, got ${dtype}; convert it with .float() and save it again`,
    );
  }
  const [begin, end] = offsets;
  const expectedBytes = sizeOf(shape) * bytesPerValue[dtype];
  if (end - begin !== expectedBytes) {
    throw new InklingError(
      `${tensor}: expected ${expectedBytes} bytes for ${dtype} [${shape.join(', ')}], got bytes ${begin} to ${end}`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function isDtype(dtype: string): dtype is Dtype {
  return Object.hasOwn(bytesPerValue, dtype);
}

/** @throws {InklingError} for an invalid tensor name */
export function checkName(name: string, who: string): void {
  if (/^\P{C}{1,256}$/u.test(name) && name !== METADATA_KEY) return;
  const start = JSON.stringify(name.slice(0, 32));
  throw new InklingError(
    `${who}: expected tensor names of 1 to 256 printable characters, got one that starts with ${start}`,
  );
}

/** Checks that the tensors, in the order of their data, cover all of it. */
function checkCover(entries: readonly TensorEntry[], dataBytes: number, who: string): void {
  let offset = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== offset) {
      const problem = begin < offset ? 'overlaps the previous tensor' : 'leaves a gap before it';
      throw new InklingError(
        `${who}: tensor "${name}" ${problem}: expected it to begin at byte ${offset}, got ${begin}`,
      );
    }
    if (end > dataBytes) {
      throw new InklingError(
        `${who}: tensor "${name}" ends at byte ${end}, but the data has ${dataBytes} bytes; get a complete copy`,
      );
    }
    offset = end;
  }
  if (offset !== dataBytes) {
    throw new InklingError(`${who}: expected ${offset} bytes of data, got ${dataBytes}; get a clean copy`);
  }
}
