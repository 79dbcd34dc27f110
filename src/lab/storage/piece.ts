import * as z from 'zod/mini';

/** The arrays that a piece may contain. */
export type NumberArray = Uint8Array | Uint32Array | Float32Array;

/** What one file contains: JSON, and arrays of numbers, of which the JSON says what they are. */
export interface Piece {
  readonly json: unknown;
  readonly arrays: readonly NumberArray[];
}

const KINDS = {
  u8: { size: 1, read: (buffer: ArrayBuffer): NumberArray => new Uint8Array(buffer) },
  u32: { size: 4, read: (buffer: ArrayBuffer): NumberArray => new Uint32Array(buffer) },
  f32: { size: 4, read: (buffer: ArrayBuffer): NumberArray => new Float32Array(buffer) },
} as const;

const headerSchema = z.strictObject({
  json: z.unknown(),
  arrays: z.array(
    z.strictObject({ kind: z.enum(['u8', 'u32', 'f32']), length: z.int().check(z.minimum(0)) }),
  ),
});

/** The bytes of the length of the header, at the start. */
const LENGTH_BYTES = 4;

/** Encodes a piece: the length of a header in JSON, the header, and the elements of the arrays, one array after another. */
export function encodePiece({ json, arrays }: Piece): Uint8Array<ArrayBuffer> {
  const described = arrays.map((array) => ({ kind: kindOf(array), length: array.length }));
  const header = new TextEncoder().encode(JSON.stringify({ json, arrays: described }));
  const start = LENGTH_BYTES + header.length;
  const bytes = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, start));
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, LENGTH_BYTES);
  let at = start;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/**
 * Inverse of `encodePiece`.
 *
 * @throws {Error} when the bytes are not a piece
 */
export function decodePiece(bytes: Uint8Array): Piece {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const header = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  const { json, arrays } = headerSchema.parse(JSON.parse(new TextDecoder().decode(header)));
  let at = LENGTH_BYTES + length;
  const read = arrays.map(({ kind, length: elements }) => {
    const { size, read: view } = KINDS[kind];
    const part = bytes.slice(at, at + size * elements);
    if (part.length !== size * elements) throw new Error('expected more bytes at the end of a saved piece');
    at += part.length;
    return view(part.buffer);
  });
  if (at !== bytes.length) throw new Error('expected fewer bytes at the end of a saved piece');
  return { json, arrays: read };
}

function kindOf(array: NumberArray): keyof typeof KINDS {
  if (array instanceof Uint8Array) return 'u8';
  return array instanceof Uint32Array ? 'u32' : 'f32';
}

/**
 * An array of a piece that must consist of bytes.
 *
 * @throws {Error} when there is none of this length
 */
export function bytesAt({ arrays }: Piece, position: number, length: number): Uint8Array {
  const array = arrays.at(position);
  if (array instanceof Uint8Array && array.length === length) return array;
  throw new Error(`expected ${length} bytes in array ${position} of a saved piece`);
}
