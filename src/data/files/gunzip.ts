import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { InklingError, messageOf } from '../../core/errors.js';
import { attempt, codeOf } from '../../platform/fileErrors.js';
import { fileBytes, readRange } from '../../platform/files.js';
import { fileStream } from '../../platform/fileStream.js';
import { createGunzip, gunzipSync } from '../../platform/zlib.js';
import { type UnpackLimit, UnpackLimitError } from './unpackLimit.js';

const MIN_CHUNK_BYTES = 65_536;
/** For messages. */
const WHAT = 'the gzip data';
/** Zeros may follow the data, as on tapes. */
const MAX_PADDING_BYTES = 2 ** 20;

/** What `gunzipSync` returns with the option `info`. */
const resultSchema = z.object({
  buffer: z.instanceof(Uint8Array),
  /** `bytesWritten`: the number of packed bytes that were used. */
  engine: z.object({ bytesWritten: z.number() }),
});

/**
 * Unpacks gzip data: one or more members, and nothing else but zeros.
 *
 * @throws {UnpackLimitError} when they unpack to more than the limit
 * @throws {InklingError} with the reason only, to which the caller adds the name of the file
 */
export function gunzip(packed: Uint8Array, limit: UnpackLimit): Uint8Array {
  // An output chunk of the size stored in the data avoids a second copy of the unpacked bytes.
  const chunkSize = Math.max(MIN_CHUNK_BYTES, Math.min(storedSize(packed), limit.bytes) + 1);
  try {
    // The types do not know the option.
    const options = { chunkSize, maxOutputLength: limit.bytes, info: true };
    const { buffer, engine } = resultSchema.parse(gunzipSync(packed, options));
    checkContent(buffer.length);
    checkPadding(packed.subarray(engine.bytesWritten));
    return buffer;
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw new UnpackLimitError(WHAT, limit, { cause: error });
    throw error instanceof InklingError ? error : new InklingError(reasonOf(error), { cause: error });
  }
}

export interface GunzipOptions {
  readonly limit: UnpackLimit;
  /** Called with each part before it is written, which it may reject by throwing an error that names the file. */
  readonly inspect: (chunk: Uint8Array) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Unpacks a gzip file into a new file.
 *
 * @throws {InklingError} that names the file; the signal's reason if it is aborted; whatever `inspect` throws
 */
export async function gunzipFile(
  path: string,
  target: string,
  { limit, inspect, signal }: GunzipOptions,
): Promise<void> {
  let unpackedBytes = 0;
  let rejection: Error | undefined;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpackedBytes += chunk.length;
      try {
        inspect(chunk);
      } catch (error) {
        rejection = error instanceof Error ? error : new Error(messageOf(error));
        done(rejection);
        return;
      }
      done(unpackedBytes > limit.bytes ? new UnpackLimitError(WHAT, limit) : null, chunk);
    },
  });
  const unpacking = createGunzip();
  try {
    const options = signal === undefined ? {} : { signal };
    await pipeline(createReadStream(path), unpacking, check, fileStream(target), options);
    checkContent(unpackedBytes);
    const rest = fileBytes(path) - unpacking.bytesWritten;
    if (rest > 0)
      checkPadding(readRange(path, unpacking.bytesWritten, Math.min(rest, MAX_PADDING_BYTES + 1)));
  } catch (error) {
    signal?.throwIfAborted();
    if (rejection !== undefined) throw rejection;
    rethrowMachineFailure(error, path);
    const reason = error instanceof InklingError ? error.message : reasonOf(error);
    throw new InklingError(`${path}: ${reason}`, { cause: error });
  }
}

/** @throws {InklingError} when there is none: data that were overwritten with zeros are valid, empty gzip data */
function checkContent(bytes: number): void {
  if (bytes === 0) throw new InklingError('the gzip data is empty');
}

/** @throws {InklingError} unless what follows the data is only padding */
function checkPadding(rest: Uint8Array): void {
  if (rest.length > MAX_PADDING_BYTES || rest.some((byte) => byte !== 0))
    throw new InklingError('the gzip data is followed by other data');
}

/** @throws {InklingError} when the machine failed rather than the data */
function rethrowMachineFailure(error: unknown, path: string): void {
  if (error instanceof InklingError && error.cause !== undefined) throw error;
  // The codes of zlib and of Node.js contain underscores.
  const code = codeOf(error);
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return;
  attempt('read', path, () => {
    throw error;
  });
}

/** The unpacked size modulo 2^32, stored in the last four bytes. Source: RFC 1952, section 2.3.1. */
function storedSize(packed: Uint8Array): number {
  if (packed.length < 4) return 0;
  return new DataView(packed.buffer, packed.byteOffset + packed.length - 4).getUint32(0, true);
}

function reasonOf(error: unknown): string {
  return codeOf(error) === 'Z_BUF_ERROR'
    ? 'the gzip data is truncated'
    : `the gzip data is corrupt (${messageOf(error)})`;
}
