import { InklingError } from '../core/errors.js';
import { describeUnexpected, type FileKind, identifyFile } from '../core/files/fileType.js';
import { machineErrorOf } from './decodeErrors.js';
import type { Size } from './decodedImage.js';
import { orient, orientedSize } from './formats/exif.js';
import type { Bytes, DecodedFile, ImageFormat } from './formats/format.js';
import { lazy } from './formats/wasm.js';
import { checkFileSize, checkImageSize, LARGE_PIXELS } from './limits.js';
import { shrinkTo } from './resize/shrink.js';

/** A description of the formats that can be decoded. */
export const IMAGE_FORMATS = 'a PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, or SVG image';

/** Each is loaded when a file needs it: loading all of them takes every thread a fifth of a second. */
const formats: Readonly<Partial<Record<FileKind, () => Promise<ImageFormat>>>> = {
  png: lazy(async () => (await import('./formats/png.js')).pngFormat),
  jpeg: lazy(async () => (await import('./formats/jpeg.js')).jpegFormat),
  webp: lazy(async () => (await import('./formats/webp.js')).webpFormat),
  gif: lazy(async () => (await import('./formats/gif.js')).gifFormat),
  bmp: lazy(async () => (await import('./formats/bmp.js')).bmpFormat),
  tiff: lazy(async () => (await import('./formats/tiff/tiff.js')).tiffFormat),
  avif: lazy(async () => (await import('./formats/avif.js')).avifFormat),
  heic: lazy(async () => (await import('./formats/heic.js')).heicFormat),
  svg: lazy(async () => (await import('./formats/svg.js')).svgFormat),
};

/**
 * Decodes an image file: the first frame of an animation and the first page of a document, rotated according to its Exif orientation.
 * An image of more than `LARGE_PIXELS` is shrunk to fewer.
 * The format is detected from the content, not the file name.
 *
 * @param onSize called before the image is decoded, with its size if the header states one; decoding stops if it throws
 * @throws {MachineError} when there is not enough memory to decode it
 * @throws {InklingError} when the file has another format, or is damaged, truncated or too large
 */
export async function decodeImage(
  bytes: Bytes,
  onSize?: (size: Size | undefined) => void,
): Promise<DecodedFile> {
  return attempt(bytes, async (format) => {
    // Before memory is allocated for the pixels. A size that is not found here is found by the decoder.
    const size = format.size(bytes);
    // Whoever passes it may set a lower limit.
    onSize?.(size);
    if (size !== undefined) checkImageSize(size);
    const image = await format.decode(bytes);
    checkImageSize(image);
    return orient(shrinkTo(LARGE_PIXELS, image), format.orientation?.(bytes) ?? 1);
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
  const load = formats[type.kind];
  if (load === undefined) throw new InklingError(describeUnexpected(type, IMAGE_FORMATS));
  const format = await load();
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
