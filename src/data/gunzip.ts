import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { InklingError, messageOf } from '../core/errors.js';
import { codeOf } from '../platform/files.js';

const MIN_CHUNK_BYTES = 65_536;

/**
 * Unpacks gzip data of at most `limitBytes` unpacked.
 * @throws InklingError with the bare reason, to which the caller adds the name of the file
 */
export function gunzip(packed: Uint8Array, limitBytes: number): Uint8Array {
  // One output chunk of the size that the data announces spares a second copy of what is unpacked.
  const chunkSize = Math.max(MIN_CHUNK_BYTES, Math.min(announcedBytes(packed), limitBytes) + 1);
  try {
    return gunzipSync(packed, { chunkSize, maxOutputLength: limitBytes });
  } catch (error) {
    throw new InklingError(reasonOf(error, limitBytes), { cause: error });
  }
}

/**
 * Unpacks a file into another, which may have `limitBytes`.
 * @throws InklingError that names the file; the signal's reason when it is aborted
 */
export async function gunzipFile(
  path: string,
  target: string,
  limitBytes: number,
  signal?: AbortSignal,
): Promise<void> {
  let unpackedBytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpackedBytes += chunk.length;
      const isTooMuch = unpackedBytes > limitBytes;
      done(isTooMuch ? new InklingError(`unpacks to more than ${limitBytes} bytes`) : null, chunk);
    },
  });
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      limit,
      createWriteStream(target, { flags: 'wx' }),
      signal === undefined ? {} : { signal },
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw new InklingError(`${path}: ${reasonOf(error, limitBytes)}`, { cause: error });
  }
}

/** The unpacked size, modulo 2^32, from the last four bytes. Source: RFC 1952, section 2.3.1. */
function announcedBytes(packed: Uint8Array): number {
  if (packed.length < 4) return 0;
  return new DataView(packed.buffer, packed.byteOffset + packed.length - 4).getUint32(0, true);
}

function reasonOf(error: unknown, limitBytes: number): string {
  switch (codeOf(error)) {
    case 'Z_BUF_ERROR':
      return 'the gzip data is cut short';
    case 'ERR_BUFFER_TOO_LARGE':
      return `the gzip data unpacks to more than ${limitBytes} bytes`;
    default:
      return `the gzip data is corrupt (${messageOf(error)})`;
  }
}
