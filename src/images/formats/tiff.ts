import utif from 'utif2';
import { InklingError } from '../../core/errors.js';
import type { Size } from '../decodedImage.js';
import { checkImageSize } from '../limits.js';
import type { Bytes, DecodedFile, ImageFormat } from './format.js';
import { decodeTiffJpeg } from './tiffJpeg.js';
import { samplesToPixels } from './tiffPixels.js';
import { readTags } from './tiffTags.js';

const NEW_JPEG = 7;
/** Compression that the library reads: none, CCITT (1D, T.4, T.6), LZW, Deflate (two codes), PackBits. Source: TIFF 6.0. */
const COMPRESSIONS: readonly number[] = [1, 2, 3, 4, 5, 8, 32946, 32773];

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
  if (!COMPRESSIONS.includes(compression)) throw unsupported(`compression ${compression}`);
  if (planes === 2 && samples > 1) throw unsupported('separate color planes');
  return { width, height, data: samplesToPixels(decompress(bytes), tags, unsupported), ...note };
}

/** The samples of the first page, in rows that start at whole bytes. Samples of two bytes are little-endian. */
function decompress(bytes: Bytes): Uint8Array {
  const { buffer } = bytes.slice();
  const [page] = utif.decode(buffer);
  utif.decodeImage(buffer, page);
  return page.data;
}

function unsupported(what: string): InklingError {
  return new InklingError(`the TIFF file has ${what}, which cannot be read; convert it to PNG`);
}
