/** Codes that are not strings. Source: TIFF 6.0, section 13. */
const [CLEAR, END, FIRST] = [256, 257, 258];
const [MIN_WIDTH, MAX_WIDTH] = [9, 12];

/**
 * Decodes the LZW data of a strip or tile.
 *
 * @param size the maximum number of bytes
 * @throws {Error} when the data is damaged
 */
export function decodeTiffLzw(data: Uint8Array, size: number): Uint8Array {
  const target = new Uint8Array(size);
  // Each string is an earlier one and a byte.
  const prefix = new Uint16Array(2 ** MAX_WIDTH);
  const suffix = new Uint8Array(2 ** MAX_WIDTH);
  const bytes = new Uint16Array(2 ** MAX_WIDTH).fill(1, 0, CLEAR);
  for (let code = 0; code < CLEAR; code++) suffix[code] = code;
  let [next, width, previous] = [FIRST, MIN_WIDTH, -1];
  let at = 0;
  for (let bit = 0; bit + width <= 8 * data.length && at < size;) {
    const code = readCode(data, bit, width);
    bit += width;
    if (code === END) break;
    if (code === CLEAR) {
      [next, width, previous] = [FIRST, MIN_WIDTH, -1];
      continue;
    }
    if (code > next || (code >= FIRST && previous === -1)) throw new Error('damaged LZW data');
    // A code that is not defined yet is the previous string and its own first byte.
    const known = code === next ? previous : code;
    const first = firstByte(known, prefix, suffix);
    if (previous !== -1 && next < 2 ** MAX_WIDTH) {
      prefix[next] = previous;
      suffix[next] = first;
      bytes[next] = bytes[previous] + 1;
      next += 1;
    } else if (code === next) throw new Error('damaged LZW data');
    const length = bytes[code];
    for (let i = length - 1, string = code; i >= 0; i--, string = prefix[string])
      target[at + i] = suffix[string];
    at += length;
    previous = code;
    // Earlier than necessary, as in all TIFF files.
    while (width < MAX_WIDTH && next >= 2 ** width - 1) width += 1;
  }
  return target.subarray(0, Math.min(at, size));
}

function readCode(data: Uint8Array, bit: number, width: number): number {
  const byte = bit >> 3;
  const window = (data[byte] << 16) | ((data[byte + 1] ?? 0) << 8) | (data[byte + 2] ?? 0);
  return (window >> (24 - (bit & 7) - width)) & (2 ** width - 1);
}

function firstByte(code: number, prefix: Uint16Array, suffix: Uint8Array): number {
  let string = code;
  while (string >= FIRST) string = prefix[string];
  return suffix[string];
}
