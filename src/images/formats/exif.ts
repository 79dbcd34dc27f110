import { hasAt } from '../../core/files/signature.js';
import type { DecodedImage, Size } from '../decodedImage.js';

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;

/**
 * Reads the orientation from Exif data. Malformed data is ignored, as in image viewers.
 *
 * @param exif a TIFF structure, optionally preceded by `Exif\0\0`. Source: CIPA DC-008, section 4.6.4
 * @returns from 1 (upright) to 8
 */
export function parseOrientation(exif: Uint8Array): number {
  const tiff = hasAt(exif, 0, 'Exif\0\0') ? exif.subarray(6) : exif;
  const isLittleEndian = hasAt(tiff, 0, 'II*\0');
  if (!isLittleEndian && !hasAt(tiff, 0, 'MM\0*')) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  try {
    const directory = view.getUint32(4, isLittleEndian);
    const entries = view.getUint16(directory, isLittleEndian);
    for (let entry = directory + 2; entry < directory + 2 + entries * ENTRY_BYTES; entry += ENTRY_BYTES) {
      if (view.getUint16(entry, isLittleEndian) !== ORIENTATION_TAG) continue;
      if (view.getUint16(entry + 2, isLittleEndian) !== SHORT) return 1;
      const value = view.getUint16(entry + 8, isLittleEndian);
      return value >= 1 && value <= 8 ? value : 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** The size of an image once it is upright: orientations 5 to 8 swap width and height. */
export function orientedSize({ width, height }: Size, orientation: number): Size {
  return orientation < 5 ? { width, height } : { width: height, height: width };
}

/** Rotates and mirrors an image so that it is upright. */
export function orient<Image extends DecodedImage>(image: Image, orientation: number): Image {
  if (orientation === 1) return image;
  const { width, height } = orientedSize(image, orientation);
  const source = pixelsOf(image);
  const data = new Uint32Array(width * height);
  const [isMirrored, isFlipped] = [[2, 3, 7, 8].includes(orientation), [3, 4, 6, 7].includes(orientation)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [column, row] = orientation < 5 ? [x, y] : [y, x];
      const sourceX = isMirrored ? image.width - 1 - column : column;
      const sourceY = isFlipped ? image.height - 1 - row : row;
      data[y * width + x] = source[sourceY * image.width + sourceX];
    }
  }
  return { ...image, width, height, data: new Uint8Array(data.buffer) };
}

/** The pixels of an image, four bytes each. */
function pixelsOf({ data }: DecodedImage): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}
