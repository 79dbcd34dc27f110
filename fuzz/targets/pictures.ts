import { crc32 } from '#inkling/core/checksum.js';
import { textAt } from '#inkling/core/files/signature.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';
import { decodeImage, measureImage } from '#inkling/images/decode.js';
import { checkImageSize, LARGE_PIXELS } from '#inkling/images/limits.js';
import { craftPng, encodeGif, encodeJpeg, encodePng, encodeWebp } from '../../test/helpers/encodeImage.js';
import { faxTiff, makeBmp, makeTiff, twoColors } from '../../test/images/formats/samples.js';
import type { Seed, Target } from '../target.js';
import { digest, seedOf } from './files.js';

const PNG_SIGNATURE = '\x89PNG';

/** A gradient with a transparent corner. */
const picture: DecodedImage = {
  width: 12,
  height: 9,
  data: Uint8Array.from({ length: 12 * 9 * 4 }, (_, i) =>
    i % 4 === 3 ? (i < 100 ? 0 : 255) : (i * 5) % 256,
  ),
};

const palette = [0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0];

async function pngSeeds(): Promise<Seed[]> {
  return [
    seedOf('PNG', await encodePng(picture)),
    seedOf('PNG, interlaced', craftPng(5, 4, new Uint8Array(60), { interlaced: true })),
    seedOf('PNG, 16 bits', craftPng(3, 2, new Uint8Array(2 * 7), { bits: 16 })),
  ];
}

/** PNG, whose chunks have checksums. */
export const pngTarget: Target = {
  name: 'png',
  seeds: pngSeeds,
  read,
  protects: () => true,
  repair(bytes) {
    const repaired = bytes.slice();
    const view = new DataView(repaired.buffer);
    for (let start = 8; start + 12 <= repaired.length;) {
      const end = start + 8 + view.getUint32(start);
      if (end + 4 > repaired.length) break;
      view.setUint32(end, crc32(repaired.subarray(start + 4, end)));
      start = end + 4;
    }
    return repaired;
  },
};

/** The other formats, of which only parts have checksums. */
export const picturesTarget: Target = {
  name: 'pictures',
  seeds: async () => [
    seedOf('JPEG', await encodeJpeg(picture)),
    seedOf('WebP', await encodeWebp(picture)),
    seedOf('GIF', encodeGif(picture)),
    seedOf(
      'BMP, 4 bits',
      makeBmp({ width: 3, height: 2, bits: 4, table: palette, rows: [0x01, 0x20, 0, 0, 0x12, 0x30, 0, 0] }),
    ),
    seedOf(
      'BMP, runs',
      makeBmp({
        width: 4,
        height: 2,
        bits: 8,
        compression: 1,
        table: palette,
        rows: [4, 1, 0, 0, 2, 2, 2, 3, 0, 1],
      }),
    ),
    seedOf(
      'TIFF',
      makeTiff(new Array<number>(12).fill(99), { 256: [4], 257: [3], 258: [8], 262: [1], 277: [1] }),
    ),
    seedOf('TIFF, fax', faxTiff),
    ...Object.entries(twoColors)
      .filter(([name]) => name !== 'HEIC')
      .map(([name, bytes]) => seedOf(name, bytes)),
    seedOf(
      'SVG',
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><g transform="scale(2)"><rect x="1" y="1" width="4" height="3" fill="red"/><path d="M0 0L5 5"/></g></svg>',
    ),
  ],
  read,
  protects: () => false,
};

async function read(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const isPng = textAt(bytes, 0, PNG_SIGNATURE.length) === PNG_SIGNATURE;
  // Larger images are shrunk, and take gigabytes.
  const { width, height, data } = await decodeImage(bytes, (size) => {
    if (size !== undefined) checkImageSize(size, LARGE_PIXELS);
  });
  if (data.length !== 4 * width * height)
    throw new Error(`${data.length} bytes for ${width}×${height} pixels`);
  const size = await measureImage(bytes);
  checkImageSize(size, LARGE_PIXELS);
  if (size.width !== width || size.height !== height) {
    throw new Error(`measured ${size.width}×${size.height}, decoded ${width}×${height}`);
  }
  return `${isPng ? 'PNG' : 'other'} ${width}×${height} ${digest(new Uint8Array(data))}`;
}
