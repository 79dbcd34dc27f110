import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { attempt } from '../../platform/fileErrors.js';
import type { Listing } from './listing.js';
import { type Archive, listTar } from './tar.js';

/** After so many reads, other tasks and signals get their turn. */
const READS_PER_TURN = 1000;

/**
 * Lists a tar archive; see `listTar`.
 *
 * @throws {InklingError} when it cannot be read, or is not a valid archive; the signal's reason if it is aborted
 */
export async function listTarFile(archive: Archive, signal?: AbortSignal): Promise<Listing> {
  const file = attempt('read', archive.who, () => openSync(archive.path, 'r'));
  try {
    const parser = listTar(archive);
    let step = parser.next();
    for (let reads = 1; step.done !== true; reads++) {
      const { offset, bytes } = step.value;
      const range = new Uint8Array(bytes);
      const read = attempt('read', archive.who, () => readSync(file, range, 0, bytes, offset));
      step = parser.next(range.subarray(0, read));
      if (reads % READS_PER_TURN !== 0) continue;
      await setImmediate();
      signal?.throwIfAborted();
    }
    return step.value;
  } finally {
    closeSync(file);
  }
}

/**
 * Lists a tar archive in memory; see `listTar`.
 *
 * @throws {InklingError} when it is not a valid archive
 */
export function listTarBytes(bytes: Uint8Array, who: string): Listing {
  const stream = new TarStream({ path: who, who });
  stream.push(bytes);
  return stream.finish();
}

/** Lists a tar archive while it is unpacked; see `listTar`. */
export class TarStream {
  readonly #parser: ReturnType<typeof listTar>;
  #step: ReturnType<ReturnType<typeof listTar>['next']>;
  /** The number of bytes so far. */
  #position = 0;
  /** The requested range, as far as it has arrived. */
  #range = new Uint8Array();
  #filled = 0;

  constructor(archive: Archive) {
    this.#parser = listTar(archive);
    this.#step = this.#parser.next();
  }

  /** @throws {InklingError} as soon as the bytes so far are not the start of a valid archive */
  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && this.#step.done !== true;) {
      const { offset, bytes } = this.#step.value;
      const skipped = Math.min(offset + this.#filled - this.#position, chunk.length - at);
      at += skipped;
      this.#position += skipped;
      if (this.#filled === 0) this.#range = new Uint8Array(bytes);
      const part = chunk.subarray(at, at + bytes - this.#filled);
      this.#range.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      this.#position += part.length;
      if (this.#filled === bytes) this.#advance();
    }
  }

  /**
   * The listing of the complete archive.
   *
   * @throws {InklingError} when its end is missing
   */
  finish(): Listing {
    for (;;) {
      if (this.#step.done === true) return this.#step.value;
      this.#advance();
    }
  }

  #advance(): void {
    const range = this.#range.subarray(0, this.#filled);
    this.#filled = 0;
    this.#step = this.#parser.next(range);
  }
}
