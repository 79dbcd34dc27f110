import { GifReader } from 'omggif';
import { checkImageSize } from '../limits.js';
import { ANIMATED_NOTE, type Bytes, type DecodedFile, type ImageFormat } from './format.js';

const HEADER_BYTES = 13;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;
/** In the packed fields of the header and of an image: whether a color table follows, and the logarithm of its size minus 1. */
const HAS_COLORS = 0x80;
const COLORS_LOG = 0x07;

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

/** Decodes the first frame onto a transparent image of the GIF's size. */
function decodeGif(bytes: Bytes): DecodedFile {
  const { frame, isAnimated } = firstFrameOf(bytes);
  const gif = new GifReader(frame);
  const { width, height } = gif;
  // A frame has its own size, which also determines how much memory is allocated.
  checkImageSize(gif.frameInfo(0));
  const data = new Uint8Array(4 * width * height);
  gif.decodeAndBlitFrameRGBA(0, data);
  return { width, height, data, ...(isAnimated ? { note: ANIMATED_NOTE } : {}) };
}

/** A GIF that ends after its first frame, so that what follows it may be damaged or missing. */
function firstFrameOf(bytes: Bytes): { frame: Uint8Array; isAnimated: boolean } {
  let offset = HEADER_BYTES + colorBytes(bytes[10]);
  while (bytes[offset] === EXTENSION) offset = endOfBlocks(bytes, offset + 2);
  if (bytes[offset] !== IMAGE) throw new Error('no frame');
  const data = offset + 10 + colorBytes(bytes[offset + 9]);
  const end = endOfBlocks(bytes, data + 1);
  // The byte that ends the pixels may be missing.
  if (end > bytes.length + 1) throw new Error('truncated');
  let next = end;
  while (bytes[next] === EXTENSION) next = endOfBlocks(bytes, next + 2);
  const frame = new Uint8Array(end + 1);
  frame.set(bytes.subarray(0, end));
  frame[end] = TRAILER;
  return { frame, isAnimated: bytes[next] === IMAGE };
}

/** The end of a sequence of blocks, each preceded by its length; the last one is empty. */
function endOfBlocks(bytes: Bytes, start: number): number {
  let offset = start;
  while (offset < bytes.length && bytes[offset] !== 0) offset += bytes[offset] + 1;
  return offset + 1;
}

function colorBytes(packed: number): number {
  return (packed & HAS_COLORS) === 0 ? 0 : 3 * 2 ** ((packed & COLORS_LOG) + 1);
}
