import { hasAt } from '../../../core/files/signature.js';
import type { Bytes } from '../format.js';

/** Tags. Source: TIFF 6.0, appendix A. */
const WIDTH = 256;
const HEIGHT = 257;
const BITS = 258;
const COMPRESSION = 259;
const PHOTOMETRIC = 262;
const STRIP_OFFSETS = 273;
const FILL_ORDER = 266;
const ORIENTATION = 274;
const SAMPLES = 277;
const STRIP_ROWS = 278;
const STRIP_BYTES = 279;
const PLANES = 284;
const FAX_OPTIONS = 292;
const PREDICTOR = 317;
const COLORS = 320;
const TILE_WIDTH = 322;
const TILE_HEIGHT = 323;
const TILE_OFFSETS = 324;
const TILE_BYTES = 325;
const EXTRA_SAMPLES = 338;
const SAMPLE_FORMAT = 339;
const JPEG_TABLES = 347;

/** The bytes of one value of each type. */
const TYPE_BYTES: Readonly<Partial<Record<number, number>>> = { 1: 1, 3: 2, 4: 4, 7: 1 };
const MAX_VALUES = 1_000_000;

/** The location of the pixels of a strip or tile. */
interface Range {
  readonly offset: number;
  readonly bytes: number;
}

/** The tags of the first page that describe how its pixels are stored. */
export interface TiffTags {
  readonly isLittle: boolean;
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly bits: number;
  readonly samples: number;
  /** 1 for unsigned integers. */
  readonly sampleFormat: number;
  /** The meaning of the last sample of a pixel, if it is not a color: 1 or 2 for alpha. */
  readonly extraSample: number | undefined;
  readonly compression: number;
  /** 2 if samples are stored as differences. */
  readonly predictor: number;
  /** How CCITT's encodings are used. */
  readonly options: number;
  readonly fillOrder: number;
  readonly photometric: number;
  readonly planes: number;
  /** All red, then all green, then all blue values, up to 65535. */
  readonly colors: readonly number[];
  readonly jpegTables: Uint8Array;
  /** The size of strips or tiles, which are as wide as the image, or have their own width. */
  readonly cell: { readonly width: number; readonly height: number };
  readonly isTiled: boolean;
  readonly ranges: readonly Range[];
  readonly hasMorePages: boolean;
}

/** @throws {RangeError} when the tags lie after the end of the bytes */
export function readTags(bytes: Bytes): TiffTags {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isLittle = hasAt(bytes, 0, 'II');
  const directory = view.getUint32(4, isLittle);
  const entries = view.getUint16(directory, isLittle);
  const tags = new Map<number, number[]>();
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i;
    tags.set(view.getUint16(entry, isLittle), readValues(view, entry, isLittle));
  }
  const first = (tag: number, fallback: number) => tags.get(tag)?.[0] ?? fallback;
  const [width, height] = [first(WIDTH, 0), first(HEIGHT, 0)];
  const isTiled = tags.has(TILE_OFFSETS);
  const [offsets, lengths] = isTiled ? [TILE_OFFSETS, TILE_BYTES] : [STRIP_OFFSETS, STRIP_BYTES];
  const lengthValues = tags.get(lengths) ?? [];
  return {
    isLittle,
    isTiled,
    width,
    height,
    orientation: first(ORIENTATION, 1),
    bits: first(BITS, 1),
    samples: first(SAMPLES, 1),
    sampleFormat: first(SAMPLE_FORMAT, 1),
    extraSample: tags.get(EXTRA_SAMPLES)?.[0],
    compression: first(COMPRESSION, 1),
    predictor: first(PREDICTOR, 1),
    options: first(FAX_OPTIONS, 0),
    fillOrder: first(FILL_ORDER, 1),
    photometric: first(PHOTOMETRIC, 0),
    planes: first(PLANES, 1),
    colors: tags.get(COLORS) ?? [],
    jpegTables: Uint8Array.from(tags.get(JPEG_TABLES) ?? []),
    cell: isTiled
      ? { width: first(TILE_WIDTH, width), height: first(TILE_HEIGHT, height) }
      : { width, height: Math.min(height, first(STRIP_ROWS, height)) },
    ranges: (tags.get(offsets) ?? []).map((offset, i) => ({ offset, bytes: lengthValues.at(i) ?? 0 })),
    hasMorePages: view.getUint32(directory + 2 + 12 * entries, isLittle) !== 0,
  };
}

function readValues(view: DataView, entry: number, isLittle: boolean): number[] {
  const [type, count] = [view.getUint16(entry + 2, isLittle), view.getUint32(entry + 4, isLittle)];
  const size = TYPE_BYTES[type];
  if (size === undefined || count > MAX_VALUES) return [];
  const start = count * size <= 4 ? entry + 8 : view.getUint32(entry + 8, isLittle);
  return Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    return size === 1
      ? view.getUint8(at)
      : size === 2
        ? view.getUint16(at, isLittle)
        : view.getUint32(at, isLittle);
  });
}
