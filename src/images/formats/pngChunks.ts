import { textAt } from '../../core/files/signature.js';

const SIGNATURE_BYTES = 8;

/** A chunk of a PNG file. */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** The position of its length, and that of the next chunk, which lies after the end of a truncated file. */
  readonly start: number;
  readonly end: number;
}

/** The chunks of a file that may be truncated or damaged. Source: PNG specification, section 5.3. */
export function* chunksOf(bytes: Uint8Array): Generator<PngChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let start = SIGNATURE_BYTES; start + 8 <= bytes.length;) {
    const dataEnd = start + 8 + view.getUint32(start);
    const end = dataEnd + 4;
    yield { type: textAt(bytes, start + 4, 4), data: bytes.subarray(start + 8, dataEnd), start, end };
    start = end;
  }
}

/** The content of the first chunk of a type, as far as the file contains it. */
export function findChunk(bytes: Uint8Array, type: string): Uint8Array | undefined {
  for (const chunk of chunksOf(bytes)) if (chunk.type === type) return chunk.data;
  return undefined;
}
