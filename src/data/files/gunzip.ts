import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { InklingError, messageOf } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import { attempt, codeOf } from '../../platform/fileErrors.js';
import { fileStream } from '../../platform/fileStream.js';

const MIN_CHUNK_BYTES = 65_536;

/**
 * Unpacks gzip data.
 *
 * @param maxBytes the maximum unpacked size
 * @throws {InklingError} with the reason only, to which the caller adds the name of the file
 */
export function gunzip(packed: Uint8Array, maxBytes: number): Uint8Array {
  // An output chunk of the size stored in the data avoids a second copy of the unpacked bytes.
  const chunkSize = Math.max(MIN_CHUNK_BYTES, Math.min(storedSize(packed), maxBytes) + 1);
  try {
    return gunzipSync(packed, { chunkSize, maxOutputLength: maxBytes });
  } catch (error) {
    throw new InklingError(reasonOf(error, maxBytes), { cause: error });
  }
}

/**
 * Unpacks a gzip file into a new file of at most `maxBytes`.
 *
 * @throws {InklingError} that names the file; the signal's reason if it is aborted
 */
export async function gunzipFile(
  path: string,
  target: string,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<void> {
  let unpackedBytes = 0;
  const checkSize = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpackedBytes += chunk.length;
      done(unpackedBytes > maxBytes ? new InklingError(tooLarge(maxBytes)) : null, chunk);
    },
  });
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      checkSize,
      fileStream(target),
      signal === undefined ? {} : { signal },
    );
  } catch (error) {
    signal?.throwIfAborted();
    rethrowMachineFailure(error, path);
    const reason = error instanceof InklingError ? error.message : reasonOf(error, maxBytes);
    throw new InklingError(`${path}: ${reason}`, { cause: error });
  }
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

function reasonOf(error: unknown, maxBytes: number): string {
  switch (codeOf(error)) {
    case 'Z_BUF_ERROR':
      return 'the gzip data is truncated';
    case 'ERR_BUFFER_TOO_LARGE':
      return tooLarge(maxBytes);
    default:
      return `the gzip data is corrupt (${messageOf(error)})`;
  }
}

function tooLarge(maxBytes: number): string {
  return `the gzip data unpacks to more than ${formatCount(maxBytes)} bytes`;
}
