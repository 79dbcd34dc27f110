import { InklingError } from '../../core/errors.js';
import { decodeJpeg, initJpeg } from '../../vendor/codecs.js';
import type { DecodedImage } from '../decodedImage.js';
import { decodeCmyk } from './cmykJpeg.js';
import { compileDecoder, instantiating } from './compiledDecoders.js';
import type { Bytes, DecodedFile, ImageFormat } from './format.js';
import { hasBrightness, type JpegMarkers, readMarkers, withEnd } from './jpegMarkers.js';
import { reinitializing } from './wasm.js';

/** The share of the pixels that may be missing at the end of a file. */
const MAX_MISSING_SHARE = 1 / 16;
/** The value with which the decoder fills missing pixels. */
const FILL_GRAY = 128;

/** JPEG has no checksums, and viewers show damaged pixels. */
const DAMAGED_NOTE = 'damaged: some of its pixels are wrong';

/** Whether a message means that pixels are wrong. Surplus bytes before a marker do not: some cameras write them. */
function isDamage(message: string): boolean {
  return message.startsWith('Corrupt JPEG data') && !message.includes('extraneous bytes');
}

/** The decoder's messages about the current file, which it prints and does not return. */
const messages: string[] = [];

const WASM = '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
const withDecoder = reinitializing(async () =>
  initJpeg({
    instantiateWasm: instantiating(await compileDecoder(WASM)),
    printErr: (line: string) => messages.push(line),
  }),
);

export const jpegFormat: ImageFormat = {
  name: 'JPEG',
  size: (bytes) => {
    const { frame } = readMarkers(bytes);
    // A height of zero is stated after the pixels.
    return frame === undefined || frame.height === 0 ? undefined : frame;
  },
  orientation: (bytes) => readMarkers(bytes).orientation,
  decode: async (bytes) => {
    const markers = readMarkers(bytes);
    const complete = withEnd(bytes, markers);
    if (markers.frame?.components === 4) return decodeCmyk(complete, markers);
    const image = await decodeWithMozjpeg(complete);
    if (complete === bytes) return messages.some(isDamage) ? { ...image, note: DAMAGED_NOTE } : image;
    if (!messages.some((line) => /premature end/i.test(line))) return image;
    return checkMissing(image, bytes, markers);
  },
};

async function decodeWithMozjpeg(bytes: Bytes): Promise<DecodedImage> {
  return withDecoder(async () => {
    messages.length = 0;
    try {
      const { width, height, data } = await decodeJpeg(bytes.slice().buffer, { preserveOrientation: false });
      if (messages.some((line) => line.startsWith('Premature end'))) throw new Error('truncated');
      return { width, height, data };
    } catch (error) {
      if (!messages.some((line) => line.startsWith('Unsupported'))) throw error;
      throw new InklingError(
        'the JPEG file uses a rare kind of compression, expected 8 bits per channel and lossy compression; convert it to PNG',
        { cause: error },
      );
    }
  });
}

/**
 * Fills missing pixels at the end of a truncated file with the pixels above them, instead of the decoder's gray, which would look
 * like a part of the image.
 *
 * @throws {Error} when more than a small part of the image is missing
 */
function checkMissing(image: DecodedImage, bytes: Bytes, markers: JpegMarkers): DecodedFile {
  const note = 'truncated: its last bytes are missing';
  if (markers.frame?.isProgressive) {
    if (!hasBrightness(bytes, markers)) throw new Error('truncated');
    return { ...image, note };
  }
  const { width, height } = image;
  const data = image.data.slice();
  const ends = filledRows(image);
  const missing = ends.reduce((sum, end) => sum + width - end, 0);
  if (missing > MAX_MISSING_SHARE * width * height) throw new Error('truncated');
  for (let y = height - ends.length; y < height; y++) {
    const start = 4 * (y * width + ends[y - (height - ends.length)]);
    data.copyWithin(start, start - 4 * width, 4 * y * width);
  }
  return { width, height, data, note };
}

/** The first filled pixel of each of the last rows, whose filled pixels reach the right edge. */
function filledRows({ width, height, data }: DecodedImage): number[] {
  const isFilled = (x: number, y: number) =>
    [0, 1, 2].every((channel) => data[4 * (y * width + x) + channel] === FILL_GRAY);
  const starts: number[] = [];
  for (let y = height - 1; y >= 0; y--) {
    let x = width;
    while (x > 0 && isFilled(x - 1, y)) x -= 1;
    if (x === width) break;
    starts.unshift(x);
  }
  return starts;
}
