/** Escape codes after a zero. */
const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const DELTA = 2;

/**
 * Unpacks the run lengths of a BMP file with 4 or 8 bits per pixel. Pixels that are skipped have the first color.
 *
 * @returns `[height, width]`, the color of each pixel, the first row first
 * @throws {Error} when the data ends before the bitmap does
 */
export function unpackRuns(
  packed: Uint8Array,
  { width, height, bits }: { readonly width: number; readonly height: number; readonly bits: number },
): Uint8Array {
  const colors = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, 0];
  const set = (color: number) => {
    if (x < width && y < height) colors[y * width + x] = color;
    x += 1;
  };
  const colorAt = (start: number, index: number) =>
    bits === 8 ? packed[start + index] : (packed[start + (index >> 1)] >> (index % 2 === 0 ? 4 : 0)) & 15;
  while (y < height) {
    if (at + 1 >= packed.length) {
      if (x >= width && y === height - 1) break;
      throw new Error('truncated');
    }
    const [count, code] = [packed[at], packed[at + 1]];
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) set(bits === 8 ? code : i % 2 === 0 ? code >> 4 : code & 15);
    } else if (code === END_OF_LINE) {
      [x, y] = [0, y + 1];
    } else if (code === END_OF_BITMAP) {
      break;
    } else if (code === DELTA) {
      [x, y] = [x + packed[at], y + packed[at + 1]];
      at += 2;
    } else {
      for (let i = 0; i < code; i++) set(colorAt(at, i));
      at += 2 * Math.ceil((bits === 8 ? code : Math.ceil(code / 2)) / 2);
    }
  }
  return colors;
}
