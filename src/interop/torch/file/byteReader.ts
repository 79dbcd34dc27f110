import { InklingError } from '../../../core/errors.js';
import { formatCount } from '../../../core/format.js';

/** Longer texts are neither names of tensors nor settings of a training. */
const MAX_TEXT_BYTES = 2 ** 20;

/** Reads bytes one after another, and never beyond their end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get remaining(): number {
    return this.#bytes.length - this.position;
  }

  /** @throws {InklingError} when fewer bytes follow */
  take(count: number): Uint8Array {
    const start = this.#advance(count);
    return this.#bytes.subarray(start, start + count);
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true);
  }

  /** In big-endian order, as in pickles. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8));
  }

  /** @throws {InklingError} when a text is too long, or not in UTF-8 */
  text(bytes: number): string {
    if (bytes > MAX_TEXT_BYTES) {
      throw new InklingError(
        `expected texts of at most ${formatCount(MAX_TEXT_BYTES)} bytes, got ${formatCount(bytes)}; get a clean copy`,
      );
    }
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(bytes));
    } catch (error) {
      if (error instanceof InklingError) throw error;
      throw new InklingError('expected texts in UTF-8; get a clean copy', { cause: error });
    }
  }

  /** The text before the next line feed, which is skipped. */
  line(): string {
    const rest = this.#bytes.subarray(this.position, this.position + MAX_TEXT_BYTES);
    const end = rest.indexOf(0x0a);
    if (end === -1) throw truncated();
    const line = this.text(end);
    this.#advance(1);
    return line;
  }

  #advance(count: number): number {
    if (count > this.remaining) throw truncated();
    const start = this.position;
    this.position += count;
    return start;
  }
}

function truncated(): InklingError {
  return new InklingError('it is truncated; get a complete copy');
}
