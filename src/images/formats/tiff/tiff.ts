import { InklingError } from '../../../core/errors.js';
import type { Size } from '../../decodedImage.js';
import { checkImageSize } from '../../limits.js';
import type { Bytes, DecodedFile, ImageFormat } from '../format.js';
import { decodeTiffJpeg } from './tiffJpeg.js';

import { checkSamples, samplesToPixels } from './tiffPixels.js';
import { decodeSamples, TIFF_COMPRESSIONS } from './tiffSamples.js';
import { readTags } from './tiffTags.js';

const NEW_JPEG = 7;

export const tiffFormat: ImageFormat = {
  name: 'TIFF',
  size: sizeOfTiff,
  orientation: (bytes) => {
    const { orientation } = readTags(bytes);
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  },
  decode: decodeTiff,
};

function sizeOfTiff(bytes: Bytes): Size | undefined {
  try {
    const { width, height } = readTags(bytes);
    return { width, height };
  } catch (error) {
    // Of a large file, only the beginning is read at first, and the tags may be at its end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Decodes the first page. */
async function decodeTiff(bytes: Bytes): Promise<DecodedFile> {
  const tags = readTags(bytes);
  checkImageSize(tags);
  const { width, height, compression, planes, samples } = tags;
  if (tags.ranges.some(({ offset, bytes: length }) => offset + length > bytes.length))
    throw new Error('truncated');
  const note = tags.hasMorePages ? { note: 'has several pages: only the first is used' } : {};
  if (compression === NEW_JPEG) return { ...(await decodeTiffJpeg(bytes, tags)), ...note };
  if (!TIFF_COMPRESSIONS.includes(compression)) throw unsupported(`compression ${compression}`);
  if (planes === 2 && samples > 1) throw unsupported('separate color planes');
  checkSamples(tags, unsupported);
  return { width, height, data: samplesToPixels(decodeSamples(bytes, tags), tags), ...note };
}

function unsupported(what: string): InklingError {
  return new InklingError(`the TIFF file has ${what}, which cannot be read; convert it to PNG`);
}
