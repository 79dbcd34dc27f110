import { InklingError } from '../../../core/errors.js';

/** Wire types. Source: the specification of Protocol Buffers' encoding. */
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

const WIRE_TYPES: Readonly<Record<number, string>> = {
  [VARINT]: 'an integer',
  [FIXED_64]: 'a number of 8 bytes',
  [LENGTH_DELIMITED]: 'bytes',
  [FIXED_32]: 'a number of 4 bytes',
};

/** Bytes of the longest integer, of 64 bits. */
const MAX_VARINT_BYTES = 10;

/** Three numbers for each field of a number: its wire type, and where its value begins and ends. */
type Spans = number[];

/**
 * A message of Protocol Buffers, whose values are decoded when they are asked for. Messages in it are not parsed before, so that a file
 * that nests them does not nest calls. Every length is checked when the message is created.
 */
export class ProtobufMessage {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  readonly #fields = new Map<number, Spans>();

  /**
   * @param what it is, for error messages
   * @throws {InklingError} when its fields do not fill its bytes
   */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
    for (let at = 0; at < bytes.length;) {
      const [tag, begin] = this.#varint(at);
      const [number, wireType] = [Math.floor(tag / 8), tag % 8];
      if (number < 1) throw this.#damaged(`a field with the number ${number}`);
      const [from, to] = this.#span(wireType, begin);
      if (to > bytes.length) throw this.#damaged(`a field of ${to - from} bytes that ends after it`);
      const spans = this.#fields.get(number);
      if (spans === undefined) this.#fields.set(number, [wireType, from, to]);
      else spans.push(wireType, from, to);
      at = to;
    }
  }

  has(number: number): boolean {
    return this.#fields.has(number);
  }

  /** The last integer of a field; those beyond 2^53 are rounded. */
  integer(number: number): number | undefined {
    return this.integers(number).at(-1);
  }

  /** All integers of a field, which may be packed. */
  integers(number: number): number[] {
    const values: number[] = [];
    for (const [wireType, begin, end] of this.#spansOf(number, VARINT, LENGTH_DELIMITED)) {
      for (let at = begin; at < end;) {
        const [value, next] = this.#varint(at);
        if (next > end) throw this.#damaged(`${WIRE_TYPES[wireType]} that end within an integer`);
        values.push(value);
        at = next;
      }
    }
    return values;
  }

  /** The last float32 of a field. */
  float(number: number): number | undefined {
    return this.floats(number).at(-1);
  }

  /** All float32 of a field, which may be packed. */
  floats(number: number): Float32Array {
    return new Float32Array(this.#numbers(number, FIXED_32, 4));
  }

  /** All float64 of a field, which may be packed. */
  doubles(number: number): Float64Array {
    return new Float64Array(this.#numbers(number, FIXED_64, 8));
  }

  text(number: number): string {
    return this.texts(number).at(-1) ?? '';
  }

  texts(number: number): string[] {
    return this.allBytes(number).map((bytes) => {
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      } catch {
        throw this.#damaged('text that is not UTF-8');
      }
    });
  }

  bytes(number: number): Uint8Array | undefined {
    return this.allBytes(number).at(-1);
  }

  /** Views of all values of a field of bytes. */
  allBytes(number: number): Uint8Array[] {
    return [...this.#spansOf(number, LENGTH_DELIMITED)].map(([, begin, end]) =>
      this.#bytes.subarray(begin, end),
    );
  }

  /** @param what it is, for error messages */
  message(number: number, what: string): ProtobufMessage | undefined {
    return this.messages(number, what).at(-1);
  }

  messages(number: number, what: string): ProtobufMessage[] {
    return this.allBytes(number).map((bytes) => new ProtobufMessage(bytes, what));
  }

  /** The bytes of numbers of a fixed size, in memory of their own. */
  #numbers(number: number, wireType: number, size: number): ArrayBuffer {
    const spans = [...this.#spansOf(number, wireType, LENGTH_DELIMITED)];
    const total = spans.reduce((sum, [, begin, end]) => sum + end - begin, 0);
    if (total % size !== 0) throw this.#damaged(`${total} bytes of numbers of ${size} bytes`);
    const bytes = new Uint8Array(total);
    let at = 0;
    for (const [, begin, end] of spans) {
      bytes.set(this.#bytes.subarray(begin, end), at);
      at += end - begin;
    }
    return bytes.buffer;
  }

  *#spansOf(number: number, ...allowed: readonly number[]): Generator<readonly [number, number, number]> {
    const spans = this.#fields.get(number) ?? [];
    for (let at = 0; at < spans.length; at += 3) {
      if (!allowed.includes(spans[at])) {
        throw this.#damaged(`${WIRE_TYPES[spans[at]]} in field ${number}`);
      }
      yield [spans[at], spans[at + 1], spans[at + 2]];
    }
  }

  /** Where a value begins and ends. */
  #span(wireType: number, begin: number): readonly [begin: number, end: number] {
    switch (wireType) {
      case VARINT:
        return [begin, this.#varint(begin)[1]];
      case FIXED_64:
        return [begin, begin + 8];
      case FIXED_32:
        return [begin, begin + 4];
      case LENGTH_DELIMITED: {
        const [length, from] = this.#varint(begin);
        if (length < 0) throw this.#damaged(`a field of ${length} bytes`);
        return [from, from + length];
      }
      default:
        throw this.#damaged(`a field of the unknown type ${wireType}`);
    }
  }

  /** An integer of up to 64 bits in two's complement, seven bits per byte, lowest bits first, and where it ends. */
  #varint(begin: number): readonly [value: number, end: number] {
    // In two parts, so that negative numbers are exact.
    let [low, high] = [0, 0];
    for (let index = 0; index < MAX_VARINT_BYTES; index++) {
      if (begin + index >= this.#bytes.length) throw this.#damaged('an integer that ends after it');
      const byte = this.#bytes[begin + index];
      const bits = byte & 0x7f;
      if (index < 4) low += bits * 2 ** (7 * index);
      else high += bits * 2 ** (7 * (index - 4));
      if (byte < 0x80) return [low + (high < 2 ** 35 ? high : high - 2 ** 36) * 2 ** 28, begin + index + 1];
    }
    throw this.#damaged('an integer of more than 64 bits');
  }

  #damaged(got: string): InklingError {
    return new InklingError(
      `expected ${this.#what}, got ${got}; the file is damaged or not an ONNX model: get a complete copy`,
    );
  }
}
