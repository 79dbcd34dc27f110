import { inflateSync } from '../../../platform/zlib.js';
import { checkImageSize } from '../../limits.js';
import type { Bytes } from '../format.js';
import { decodeFax } from './tiffFax.js';
import { decodeTiffLzw } from './tiffLzw.js';
import type { TiffTags } from './tiffTags.js';

/** Compressions that are read. Source: TIFF 6.0, and Adobe's supplements for Deflate. */
const NONE = 1;
const FAX: readonly number[] = [2, 3, 4];
const LZW = 5;
const DEFLATE: readonly number[] = [8, 32946];
const PACK_BITS = 32773;
export const TIFF_COMPRESSIONS: readonly number[] = [NONE, ...FAX, LZW, ...DEFLATE, PACK_BITS];

/** Each sample is stored as the difference from that of the previous pixel. */
const DIFFERENCES = 2;

/**
 * Reads the samples of the first page from its strips or tiles, in rows that start at whole bytes. Samples of two bytes are
 * little-endian.
 *
 * @throws {Error} when the file is damaged or truncated
 */
export function decodeSamples(bytes: Bytes, tags: TiffTags): Uint8Array {
  const { width, height, bits, samples, cell, ranges } = tags;
  checkImageSize(cell);
  const rowBytes = Math.ceil((width * samples * bits) / 8);
  const cellRowBytes = Math.ceil((cell.width * samples * bits) / 8);
  const columns = Math.ceil(width / cell.width);
  const rows = Math.ceil(height / cell.height);
  if (ranges.length < columns * rows) throw new Error('truncated');
  const result = new Uint8Array(rowBytes * height);
  for (let index = 0; index < columns * rows; index++) {
    const { offset, bytes: length } = ranges[index];
    const top = Math.floor(index / columns) * cell.height;
    const isTile = cell.width !== width || tags.isTiled;
    // Tiles are complete, whereas the last strip ends with the image.
    const cellRows = isTile ? cell.height : Math.min(cell.height, height - top);
    const content = decompress(bytes.subarray(offset, offset + length), tags, cell.width, cellRows);
    if (content.length < cellRowBytes * cellRows) throw new Error('truncated');
    restoreSamples(content, tags, cellRowBytes);
    const left = Math.ceil(((index % columns) * cell.width * samples * bits) / 8);
    for (let y = 0; y < Math.min(cellRows, height - top); y++) {
      const row = content.subarray(
        y * cellRowBytes,
        y * cellRowBytes + Math.min(cellRowBytes, rowBytes - left),
      );
      result.set(row, (top + y) * rowBytes + left);
    }
  }
  return result;
}

/** The content of a strip or tile, in memory of its own. */
function decompress(stored: Uint8Array, tags: TiffTags, width: number, height: number): Uint8Array {
  const { compression, bits, samples } = tags;
  const size = Math.ceil((width * samples * bits) / 8) * height;
  if (compression === NONE) return stored.slice(0, size);
  if (FAX.includes(compression)) return decodeFax(stored, tags, width, height);
  if (compression === LZW) return decodeTiffLzw(stored, size);
  if (compression === PACK_BITS) return unpackBits(stored, size);
  // Some writers pad the last strip to a whole one.
  return inflateSync(stored, { maxOutputLength: Math.max(1, size + size) });
}

/** Source: TIFF 6.0, section 9. */
function unpackBits(stored: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(size);
  let [at, length] = [0, 0];
  while (at < stored.length && length < size) {
    const count = (stored[at] << 24) >> 24;
    at += 1;
    if (count >= 0) {
      const literal = stored.subarray(at, at + Math.min(count + 1, size - length));
      result.set(literal, length);
      length += literal.length;
      at += count + 1;
    } else if (count !== -128) {
      result.fill(stored[at], length, length + 1 - count);
      length += 1 - count;
      at += 1;
    }
  }
  return result.subarray(0, Math.min(length, size));
}

/** Undoes differences, and makes samples of two bytes little-endian. */
function restoreSamples(
  content: Uint8Array,
  { bits, samples, predictor, isLittle }: TiffTags,
  rowBytes: number,
): void {
  if (bits === 16 && !isLittle) {
    for (let i = 0; i + 1 < content.length; i += 2)
      [content[i], content[i + 1]] = [content[i + 1], content[i]];
  }
  if (predictor !== DIFFERENCES) return;
  if (bits !== 8 && bits !== 16) throw new Error('differences of parts of bytes');
  const pixelBytes = (samples * bits) / 8;
  for (let start = 0; start < content.length; start += rowBytes) {
    const end = Math.min(start + rowBytes, content.length);
    for (let i = start + pixelBytes; i < end; i += bits / 8) {
      if (bits === 8) content[i] += content[i - pixelBytes];
      else {
        const value =
          content[i] + content[i - pixelBytes] + 256 * (content[i + 1] + content[i + 1 - pixelBytes]);
        content[i] = value;
        content[i + 1] = value >> 8;
      }
    }
  }
}
