import type { Size } from '../decodedImage.js';
import { hasAt } from '../../core/files/signature.js';
import type { Bytes } from './format.js';

/**
 * Finds the size of the image in an HEIF file from its properties: the largest size (`ispe`), since a large image is stored as
 * tiles and a file also contains its thumbnail, unless it is cropped (`clap`), and whether it is rotated (`irot`). Sources:
 * ISO/IEC 23008-12, section 6.5; ISO/IEC 14496-12, section 12.1.4.
 */
export function sizeOfHeif(bytes: Bytes): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sizes = offsetsOf('ispe', bytes).map((at) => ({
    width: view.getUint32(at + 8),
    height: view.getUint32(at + 12),
  }));
  const crops = offsetsOf('clap', bytes).map((at) => ({
    width: view.getUint32(at + 4) / view.getUint32(at + 8),
    height: view.getUint32(at + 12) / view.getUint32(at + 16),
  }));
  const size = largestOf(crops) ?? largestOf(sizes);
  const isTurned = offsetsOf('irot', bytes).some((at) => (bytes[at + 4] & 1) === 1);
  return size !== undefined && isTurned ? { width: size.height, height: size.width } : size;
}

/** The positions of the names of boxes of a type that are followed by at least 20 bytes. */
function offsetsOf(type: string, bytes: Bytes): number[] {
  const offsets: number[] = [];
  const first = type.charCodeAt(0);
  for (
    let at = bytes.indexOf(first);
    at !== -1 && at + 20 <= bytes.length;
    at = bytes.indexOf(first, at + 1)
  ) {
    if (hasAt(bytes, at, type)) offsets.push(at);
  }
  return offsets;
}

function largestOf(sizes: readonly Size[]): Size | undefined {
  return [...sizes].sort((a, b) => b.width * b.height - a.width * a.height).at(0);
}
