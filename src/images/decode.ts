import { imageSize } from 'image-size';
import { InklingError } from '../core/errors.js';
import { decodeGif, decodeJpeg, decodePng, decodeSvg, decodeWebp } from './decoders.js';
import { checkBytes, checkSize } from './limits.js';
import type { Picture, Size } from './picture.js';

/** Where an SVG's first element begins at the latest. */
const SVG_HEAD_BYTES = 4096;

interface Format {
  readonly name: string;
  readonly isOne: (bytes: Uint8Array) => boolean;
  readonly decode: (bytes: Uint8Array<ArrayBuffer>) => Picture | Promise<Picture>;
}

const svg: Format = { name: 'SVG', isOne: isSvg, decode: decodeSvg };

const formats: readonly Format[] = [
  { name: 'PNG', isOne: (bytes) => hasAt(bytes, 0, '\x89PNG\r\n\x1a\n'), decode: decodePng },
  { name: 'JPEG', isOne: (bytes) => hasAt(bytes, 0, '\xff\xd8\xff'), decode: decodeJpeg },
  {
    name: 'WebP',
    isOne: (bytes) => hasAt(bytes, 0, 'RIFF') && hasAt(bytes, 8, 'WEBP'),
    decode: decodeWebp,
  },
  { name: 'GIF', isOne: (bytes) => hasAt(bytes, 0, 'GIF8'), decode: decodeGif },
  svg,
];

/**
 * The pixels of a PNG, JPEG, WebP, GIF (its first frame) or SVG file. Its content says which it is, not its name.
 *
 * @throws {InklingError} when it is none of these, damaged, cut short or too large
 */
export async function decodePicture(bytes: Uint8Array<ArrayBuffer>): Promise<Picture> {
  return attempt(bytes, async (format) => {
    // An SVG has no pixels of its own.
    if (format !== svg) checkSize(imageSize(bytes));
    const picture = await format.decode(bytes);
    checkSize(picture);
    return picture;
  });
}

/**
 * How large a picture is, as its header says: it may be damaged further on.
 *
 * @throws {InklingError} as `decodePicture` does
 */
export async function measurePicture(bytes: Uint8Array<ArrayBuffer>): Promise<Size> {
  return attempt(bytes, async (format) => {
    if (format === svg) return svg.decode(bytes);
    const { width, height, orientation = 1 } = imageSize(bytes);
    checkSize({ width, height });
    // From 5 on, Exif says that the picture lies on its side.
    return orientation < 5 ? { width, height } : { width: height, height: width };
  });
}

async function attempt<T>(bytes: Uint8Array<ArrayBuffer>, task: (format: Format) => Promise<T>): Promise<T> {
  checkBytes(bytes.length);
  const format = formats.find(({ isOne }) => isOne(bytes));
  if (format === undefined) {
    throw new InklingError('not a picture; expected a PNG, JPEG, WebP, GIF or SVG file');
  }
  try {
    return await task(format);
  } catch (error) {
    if (error instanceof InklingError) throw error;
    // What decoders say of broken files helps nobody.
    throw new InklingError(`the ${format.name} file is damaged or cut short; save it again`, {
      cause: error,
    });
  }
}

function isSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, SVG_HEAD_BYTES)).trimStart();
  return head.startsWith('<') && /<(\w+:)?svg[\s>]/.test(head);
}

function hasAt(bytes: Uint8Array, start: number, signature: string): boolean {
  return Buffer.from(signature, 'latin1').equals(bytes.subarray(start, start + signature.length));
}
