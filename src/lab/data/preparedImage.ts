import { encode } from 'fast-png';
import { EXAMPLE_KINDS, type ExampleKind, INPUTS } from './collection.js';

/** Says in a file that its pixels are the input of a network already, so that a drawing is not centered a second time. */
const SOFTWARE = 'Inkling lab';
const MARK = `tEXtSoftware\0${SOFTWARE}`;
/** The mark is at the end: before it are the pixels, which take 48 KiB at most; behind it are two checksums and an empty chunk. */
const MAX_BYTES = 2 ** 16;
const END_BYTES = 64;

/** The parts of a PNG's header. Source: the PNG specification, section 11.2.1. */
const [WIDTH, HEIGHT, COLOR_TYPE, HEADER_BYTES] = [16, 20, 25, 33];
const COLOR_TYPES: Readonly<Record<number, number>> = { 1: 0, 3: 2 };

/** A PNG file of an example. */
export function encodeExample(pixels: Uint8Array, kind: ExampleKind): Uint8Array {
  const [height, width, channels] = INPUTS[kind].shape;
  // A copy, because the encoder returns a part of a larger buffer.
  return encode({ width, height, channels, data: pixels, text: { Software: SOFTWARE } }).slice();
}

/** What a file contains if it was written by `encodeExample`; undefined for any other, which is to be prepared. */
export async function preparedKindOf(file: File): Promise<ExampleKind | undefined> {
  if (file.size < HEADER_BYTES || file.size > MAX_BYTES) return undefined;
  const bytes = await file.arrayBuffer();
  const end = new TextDecoder('latin1').decode(bytes.slice(-END_BYTES));
  if (!end.includes(MARK)) return undefined;
  const view = new DataView(bytes);
  return EXAMPLE_KINDS.find((kind) => {
    const [height, width, channels] = INPUTS[kind].shape;
    return (
      view.getUint32(WIDTH) === width &&
      view.getUint32(HEIGHT) === height &&
      view.getUint8(COLOR_TYPE) === COLOR_TYPES[channels]
    );
  });
}
