import { imageSize } from 'image-size';
import { InklingError } from '../core/errors.js';
import type { DecodedImage, Size } from './decodedImage.js';
import { decodeGif, decodeJpeg, decodePng, decodeSvg, decodeWebp } from './decoders.js';
import { checkFileSize, checkImageSize } from './limits.js';

/** The root element of an SVG must start within this many bytes. */
const SVG_HEADER_BYTES = 4096;

interface Format {
  readonly name: string;
  readonly matches: (bytes: Uint8Array) => boolean;
  readonly decode: (bytes: Uint8Array<ArrayBuffer>) => DecodedImage | Promise<DecodedImage>;
}

const svg: Format = { name: 'SVG', matches: isSvg, decode: decodeSvg };

const formats: readonly Format[] = [
  { name: 'PNG', matches: (bytes) => hasAt(bytes, 0, '\x89PNG\r\n\x1a\n'), decode: decodePng },
  { name: 'JPEG', matches: (bytes) => hasAt(bytes, 0, '\xff\xd8\xff'), decode: decodeJpeg },
  {
    name: 'WebP',
    matches: (bytes) => hasAt(bytes, 0, 'RIFF') && hasAt(bytes, 8, 'WEBP'),
    decode: decodeWebp,
  },
  { name: 'GIF', matches: (bytes) => hasAt(bytes, 0, 'GIF8'), decode: decodeGif },
  svg,
];

/**
 * Decodes a PNG, JPEG, WebP, GIF (its first frame) or SVG file. The format is detected from the content, not the file name.
 *
 * @throws {InklingError} when the file has another format, or is damaged, truncated or too large
 */
export async function decodeImage(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedImage> {
  return attempt(bytes, async (format) => {
    // An SVG has no size in pixels.
    if (format !== svg) checkImageSize(imageSize(bytes));
    const image = await format.decode(bytes);
    checkImageSize(image);
    return image;
  });
}

/**
 * Reads the size of an image from its header; the rest of the file may be damaged.
 *
 * @throws {InklingError} like `decodeImage`
 */
export async function measureImage(bytes: Uint8Array<ArrayBuffer>): Promise<Size> {
  return attempt(bytes, async (format) => {
    if (format === svg) return svg.decode(bytes);
    const { width, height, orientation = 1 } = imageSize(bytes);
    checkImageSize({ width, height });
    // Exif orientations 5 to 8 swap width and height.
    return orientation < 5 ? { width, height } : { width: height, height: width };
  });
}

async function attempt<T>(bytes: Uint8Array<ArrayBuffer>, task: (format: Format) => Promise<T>): Promise<T> {
  checkFileSize(bytes.length);
  const format = formats.find(({ matches }) => matches(bytes));
  if (format === undefined) {
    throw new InklingError('not an image; expected a PNG, JPEG, WebP, GIF, or SVG file');
  }
  try {
    return await task(format);
  } catch (error) {
    if (error instanceof InklingError) throw error;
    // The decoders' own messages do not help users.
    throw new InklingError(`the ${format.name} file is damaged or truncated; save it again`, {
      cause: error,
    });
  }
}

function isSvg(bytes: Uint8Array): boolean {
  const header = new TextDecoder().decode(bytes.subarray(0, SVG_HEADER_BYTES)).trimStart();
  return header.startsWith('<') && /<(\w+:)?svg[\s>]/.test(header);
}

function hasAt(bytes: Uint8Array, start: number, signature: string): boolean {
  return Buffer.from(signature, 'latin1').equals(bytes.subarray(start, start + signature.length));
}
