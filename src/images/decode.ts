import { InklingError } from '../core/errors.js';
import { describeUnexpected, type FileKind, identifyFile } from '../core/fileType.js';
import { machineErrorOf } from './decodeErrors.js';
import type { Size } from './decodedImage.js';
import { avifFormat } from './formats/avif.js';
import { bmpFormat } from './formats/bmp.js';
import { orient, orientedSize } from './formats/exif.js';
import type { Bytes, DecodedFile, ImageFormat } from './formats/format.js';
import { gifFormat } from './formats/gif.js';
import { heicFormat } from './formats/heic.js';
import { jpegFormat } from './formats/jpeg.js';
import { pngFormat } from './formats/png.js';
import { svgFormat } from './formats/svg.js';
import { tiffFormat } from './formats/tiff.js';
import { webpFormat } from './formats/webp.js';
import { checkFileSize, checkImageSize } from './limits.js';

/** A description of the formats that can be decoded. */
export const IMAGE_FORMATS = 'a PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, or SVG image';

const formats: Readonly<Partial<Record<FileKind, ImageFormat>>> = {
  png: pngFormat,
  jpeg: jpegFormat,
  webp: webpFormat,
  gif: gifFormat,
  bmp: bmpFormat,
  tiff: tiffFormat,
  avif: avifFormat,
  heic: heicFormat,
  svg: svgFormat,
};

/**
 * Decodes an image file: the first frame of an animation and the first page of a document, rotated according to its Exif orientation.
 * The format is detected from the content, not the file name.
 *
 * @throws {MachineError} when there is not enough memory to decode it
 * @throws {InklingError} when the file has another format, or is damaged, truncated or too large
 */
export async function decodeImage(bytes: Bytes): Promise<DecodedFile> {
  return attempt(bytes, async (format) => {
    // Before memory is allocated for the pixels. A size that is not found here is found by the decoder.
    const size = format.size(bytes);
    if (size !== undefined) checkImageSize(size);
    const image = await format.decode(bytes);
    checkImageSize(image);
    return orient(image, format.orientation?.(bytes) ?? 1);
  });
}

/**
 * Reads the size of an image from its header, or else decodes it; the rest of the file may be damaged.
 *
 * @throws {InklingError} like `decodeImage`
 */
export async function measureImage(bytes: Bytes): Promise<Size> {
  return attempt(bytes, async (format) => {
    const size = format.size(bytes) ?? (await format.decode(bytes));
    checkImageSize(size);
    return orientedSize(size, format.orientation?.(bytes) ?? 1);
  });
}

async function attempt<T>(bytes: Bytes, task: (format: ImageFormat) => Promise<T>): Promise<T> {
  checkFileSize(bytes.length);
  const type = identifyFile(bytes);
  const format = formats[type.kind];
  if (format === undefined) throw new InklingError(describeUnexpected(type, IMAGE_FORMATS));
  try {
    return await task(format);
  } catch (error) {
    if (error instanceof InklingError) throw error;
    const machineError = machineErrorOf(error);
    if (machineError !== undefined) throw machineError;
    // The decoders' own messages do not help users.
    const advice = type.advice ?? 'save it again';
    throw new InklingError(`the ${format.name} file is damaged or truncated; ${advice}`, { cause: error });
  }
}
