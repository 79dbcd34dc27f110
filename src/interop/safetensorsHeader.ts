import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { type Shape, sizeOf } from '../core/shape.js';
import { validate } from '../core/validate.js';
import { parseJson } from '../core/json.js';

/** The types of values that are read and written, and the bytes of one. */
export const bytesPerValue = { F32: 4, I64: 8 } as const;

export type Dtype = keyof typeof bytesPerValue;

/** Where a tensor's values lie, in bytes from the data's start. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their data, which they cover without gap or overlap. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the data starts in the file. */
  readonly dataStart: number;
}

/** Bytes of the number in front of the header that says how long it is. */
export const LENGTH_BYTES = 8;
/** The limit that the format's own library sets. */
const MAX_HEADER_BYTES = 100_000_000;
/** The header's entry that is not a tensor. */
export const METADATA_KEY = '__metadata__';

const metadataSchema = z.record(z.string(), z.string());

const entrySchema = z.strictObject({
  dtype: z.string().regex(/^\w{1,16}$/),
  shape: z
    .array(z.int().min(0))
    .refine(isCountable, { error: 'its sizes multiply to more than can be counted' }),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});

/** Whether the number of bytes is exact; an axis of size 0 does not excuse the others. */
function isCountable(shape: Shape): boolean {
  return Number.isSafeInteger(sizeOf(shape.filter((size) => size > 0)) * bytesPerValue.I64);
}

/**
 * Reads the header of a safetensors file and checks all it says against the file's length.
 *
 * @param who the file, to begin an error with
 * @throws {InklingError} naming the first thing that is wrong; nothing of the announced sizes was allocated by then
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
    entries: entries,
    metadata: validate(metadataSchema, metadata, `${who}: its ${METADATA_KEY}`),
    dataStart,
  };
}

/** The header's text and its length in bytes. */
function headerText(bytes: Uint8Array, who: string): { value: string; bytes: number } {
  if (bytes.length < LENGTH_BYTES) {
    throw new InklingError(
      `${who}: has ${bytes.length} bytes, expected a safetensors file; get a whole copy of it`,
    );
  }
  const announced = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const room = Math.min(bytes.length - LENGTH_BYTES, MAX_HEADER_BYTES);
  if (announced > room) {
    throw new InklingError(
      `${who}: announces a header of ${announced} bytes, expected at most ${room}; ` +
        'it is cut short or not a safetensors file',
    );
  }
  const header = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + Number(announced));
  if (header[0] !== 0x7b) {
    throw new InklingError(`${who}: its header does not start with "{"; it is not a safetensors file`);
  }
  try {
    const value = new TextDecoder('utf-8', { fatal: true }).decode(header);
    return { value, bytes: header.length };
  } catch (error) {
    throw new InklingError(`${who}: its header is not UTF-8; it is damaged, get a whole copy`, {
      cause: error,
    });
  }
}

function parseEntry(name: string, entry: unknown, who: string): TensorEntry {
  checkName(name, who);
  const tensor = `${who}: tensor "${name}"`;
  const { dtype, shape, data_offsets: offsets } = validate(entrySchema, entry, tensor);
  if (!isDtype(dtype)) {
    throw new InklingError(
      `${tensor} is ${dtype}, expected F32, or I64 for counts; convert it with .float() and save it again`,
    );
  }
  const [begin, end] = offsets;
  const expectedBytes = sizeOf(shape) * bytesPerValue[dtype];
  if (end - begin !== expectedBytes) {
    throw new InklingError(
      `${tensor} lies from byte ${begin} to ${end}, expected ${expectedBytes} bytes for ${dtype} [${shape.join(', ')}]`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function isDtype(dtype: string): dtype is Dtype {
  return Object.hasOwn(bytesPerValue, dtype);
}

/** @throws {InklingError} for a name that no tensor should have */
export function checkName(name: string, who: string): void {
  if (/^\P{C}{1,256}$/u.test(name) && name !== METADATA_KEY) return;
  const start = JSON.stringify(name.slice(0, 32));
  throw new InklingError(
    `${who}: a tensor's name starts with ${start}, expected 1 to 256 printable characters`,
  );
}

/** Checks that tensors, in the order of their data, cover all of it. */
function checkCover(entries: readonly TensorEntry[], dataBytes: number, who: string): void {
  let at = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== at) {
      const problem = begin < at ? 'overlaps the one in front of it' : 'leaves a gap in front of it';
      throw new InklingError(
        `${who}: tensor "${name}" ${problem}: it begins at byte ${begin}, expected ${at}`,
      );
    }
    if (end > dataBytes) {
      throw new InklingError(
        `${who}: tensor "${name}" ends at byte ${end}, but the data has ${dataBytes}; get a whole copy`,
      );
    }
    at = end;
  }
  if (at !== dataBytes) {
    throw new InklingError(`${who}: has ${dataBytes - at} bytes that belong to no tensor; get a clean copy`);
  }
}
