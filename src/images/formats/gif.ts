import { MAX_BYTE } from '../../core/pixels.js';
import type { Size } from '../decodedImage.js';
import { checkImageSize } from '../limits.js';
import { ANIMATED_NOTE, type Bytes, type DecodedFile, type ImageFormat } from './format.js';
import { decodeLzw } from './lzw.js';

const HEADER_BYTES = 13;
const IMAGE = 0x2c;
const IMAGE_HEADER_BYTES = 10;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
/** In the packed fields of the header and of an image: whether a color table follows, and the logarithm of its size minus 1. */
const HAS_COLORS = 0x80;
const COLORS_LOG = 0x07;
/** In the packed fields of an image, and of a graphic control. */
const IS_INTERLACED = 0x40;
const HAS_TRANSPARENCY = 0x01;
/** The rows of an interlaced frame: every `step`th from `first` on. Source: GIF89a specification, appendix E. */
const PASSES = [
  { first: 0, step: 8 },
  { first: 4, step: 8 },
  { first: 2, step: 4 },
  { first: 1, step: 2 },
];

/** Source: GIF89a specification. */
export const gifFormat: ImageFormat = {
  name: 'GIF',
  size: (bytes) => {
    if (bytes.length < HEADER_BYTES) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  },
  decode: decodeGif,
};

/** The first frame of a GIF. */
interface Frame extends Size {
  readonly left: number;
  readonly top: number;
  /** `[colors, 3]`: red, green, and blue. */
  readonly colors: Uint8Array;
  /** The index of the color that is transparent. */
  readonly transparent: number | undefined;
  readonly isInterlaced: boolean;
  readonly indexBits: number;
  readonly codes: Uint8Array;
  readonly isAnimated: boolean;
}

/** Decodes the first frame onto a transparent image of the GIF's size. */
function decodeGif(bytes: Bytes): DecodedFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  const frame = firstFrameOf(bytes, view);
  // A frame has its own size, which also determines how much memory is allocated.
  checkImageSize(frame);
  const data = new Uint8Array(4 * width * height);
  const indices = decodeLzw(frame.codes, frame.indexBits, frame.width * frame.height);
  rowsOf(frame).forEach((y, row) => {
    if (frame.top + y >= height) return;
    const start = row * frame.width;
    const visible = indices.subarray(start, start + Math.min(frame.width, Math.max(0, width - frame.left)));
    paintRow(visible, frame, data.subarray(4 * ((frame.top + y) * width + frame.left)));
  });
  return { width, height, data, ...(frame.isAnimated ? { note: ANIMATED_NOTE } : {}) };
}

/** @throws {RangeError} when the bytes end within a header */
function firstFrameOf(bytes: Bytes, view: DataView): Frame {
  let offset = HEADER_BYTES + colorBytes(bytes[10]);
  let transparent: number | undefined;
  while (bytes[offset] === EXTENSION) {
    if (bytes[offset + 1] === GRAPHIC_CONTROL) {
      transparent = (bytes[offset + 3] & HAS_TRANSPARENCY) === 0 ? undefined : bytes[offset + 6];
    }
    offset = endOfBlocks(bytes, offset + 2);
  }
  if (bytes[offset] !== IMAGE) throw new Error('no frame');
  const [left, top, width, height] = [1, 3, 5, 7].map((field) => view.getUint16(offset + field, true));
  const packed = view.getUint8(offset + 9);
  const ownColors = offset + IMAGE_HEADER_BYTES;
  const data = ownColors + colorBytes(packed);
  const end = endOfBlocks(bytes, data + 1);
  // The byte that ends the pixels may be missing.
  if (end > bytes.length + 1) throw new Error('truncated');
  let next = end;
  while (bytes[next] === EXTENSION) next = endOfBlocks(bytes, next + 2);
  return {
    left,
    top,
    width,
    height,
    colors:
      data > ownColors
        ? bytes.subarray(ownColors, data)
        : bytes.subarray(HEADER_BYTES, HEADER_BYTES + colorBytes(bytes[10])),
    transparent,
    isInterlaced: (packed & IS_INTERLACED) !== 0,
    indexBits: view.getUint8(data),
    codes: joinBlocks(bytes, data + 1),
    isAnimated: bytes[next] === IMAGE,
  };
}

/** The end of a sequence of blocks, each preceded by its length; the last one is empty. */
function endOfBlocks(bytes: Bytes, start: number): number {
  let offset = start;
  while (offset < bytes.length && bytes[offset] !== 0) offset += bytes[offset] + 1;
  return offset + 1;
}

/** The content of a sequence of blocks. */
function joinBlocks(bytes: Bytes, start: number): Uint8Array {
  const joined = new Uint8Array(Math.max(0, endOfBlocks(bytes, start) - start));
  let length = 0;
  for (let offset = start; offset < bytes.length && bytes[offset] !== 0; offset += bytes[offset] + 1) {
    const block = bytes.subarray(offset + 1, offset + 1 + bytes[offset]);
    joined.set(block, length);
    length += block.length;
  }
  return joined.subarray(0, length);
}

function colorBytes(packed: number): number {
  return (packed & HAS_COLORS) === 0 ? 0 : 3 * 2 ** ((packed & COLORS_LOG) + 1);
}

/** The rows of a frame in the order in which they are stored. */
function rowsOf({ height, isInterlaced }: Frame): number[] {
  const passes = isInterlaced ? PASSES : [{ first: 0, step: 1 }];
  return passes.flatMap(({ first, step }) => {
    const count = Math.max(0, Math.ceil((height - first) / step));
    return Array.from({ length: count }, (_, i) => first + i * step);
  });
}

/** @throws {Error} when a color does not exist */
function paintRow(indices: Uint8Array, { colors, transparent }: Frame, target: Uint8Array): void {
  for (let x = 0; x < indices.length; x++) {
    const index = indices[x];
    if (index === transparent) continue;
    if (3 * index >= colors.length) throw new Error('no such color');
    target[4 * x] = colors[3 * index];
    target[4 * x + 1] = colors[3 * index + 1];
    target[4 * x + 2] = colors[3 * index + 2];
    target[4 * x + 3] = MAX_BYTE;
  }
}
