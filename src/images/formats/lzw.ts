/** Codes have at most this many bits. Source: GIF89a specification, appendix F. */
const MAX_CODE_BITS = 12;
const MAX_CODES = 1 << MAX_CODE_BITS;
/** The indices of a color table of at most 256 colors. */
const MAX_INDEX_BITS = 8;

/**
 * Decodes the color indices of a GIF's frame. Each code is at least one pixel, and a code is valid only if it was defined before, so
 * that the time is proportional to the number of pixels whatever the bytes are.
 *
 * @param indexBits the number of bits of an index; codes begin with one more
 * @param length the number of indices; what follows them is ignored
 * @throws {Error} when the codes are invalid or end too early
 */
export function decodeLzw(codes: Uint8Array, indexBits: number, length: number): Uint8Array {
  if (indexBits < 1 || indexBits > MAX_INDEX_BITS) throw new Error(`${indexBits} bits per index`);
  const clear = 1 << indexBits;
  const end = clear + 1;
  const table = new CodeTable(clear);
  const indices = new Uint8Array(length);
  let [done, at, bits, available, width, previous] = [0, 0, 0, 0, indexBits + 1, -1];
  while (done < length) {
    while (available < width) {
      if (at === codes.length) throw new Error('truncated');
      bits |= codes[at++] << available;
      available += 8;
    }
    const code = bits & ((1 << width) - 1);
    bits >>>= width;
    available -= width;
    if (code === end) throw new Error('truncated');
    if (code === clear) {
      table.clear();
      [width, previous] = [indexBits + 1, -1];
      continue;
    }
    // The code that is about to be defined: the previous sequence, followed by its own first index.
    const isNext = code === table.size && previous >= 0 && table.size < MAX_CODES;
    if (code >= table.size && !isNext) throw new Error('invalid code');
    if (previous >= 0 && table.size < MAX_CODES) table.add(previous, isNext ? previous : code);
    done = table.write(code, indices, done);
    previous = code;
    if (table.size === 1 << width && width < MAX_CODE_BITS) width += 1;
  }
  return indices;
}

/** The sequence of indices for each code: that of another code, followed by one index. */
class CodeTable {
  readonly #prefixes = new Uint16Array(MAX_CODES);
  readonly #lasts = new Uint8Array(MAX_CODES);
  readonly #firsts = new Uint8Array(MAX_CODES);
  readonly #lengths = new Uint16Array(MAX_CODES);
  readonly #clear: number;
  size: number;

  constructor(clear: number) {
    this.#clear = clear;
    this.size = clear + 2;
    for (let index = 0; index < clear; index++) {
      this.#firsts[index] = index;
      this.#lasts[index] = index;
      this.#lengths[index] = 1;
    }
  }

  clear(): void {
    this.size = this.#clear + 2;
  }

  /** Defines the next code: the sequence of a code, followed by the first index of another. */
  add(prefix: number, following: number): void {
    this.#prefixes[this.size] = prefix;
    this.#firsts[this.size] = this.#firsts[prefix];
    this.#lasts[this.size] = this.#firsts[following];
    this.#lengths[this.size] = this.#lengths[prefix] + 1;
    this.size += 1;
  }

  /** Writes the sequence of a code, as far as there is space, and returns where it ends. */
  write(code: number, indices: Uint8Array, start: number): number {
    const end = start + this.#lengths[code];
    let current = code;
    // Assignments after the end of the array have no effect.
    for (let position = end - 1; position >= start; position--) {
      indices[position] = this.#lasts[current];
      current = this.#prefixes[current];
    }
    return end;
  }
}
