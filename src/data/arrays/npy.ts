import { InklingError } from '../../core/errors.js';
import { NPY_SIGNATURE } from '../../core/files/fileType.js';
import { hasAt } from '../../core/files/signature.js';
import { formatShape, type Shape, sizeOf } from '../../core/shape.js';

export type ArrayValues = Uint8Array | Float32Array | readonly string[];

/** An array of numbers or text. */
export interface NumpyArray {
  readonly shape: Shape;
  /** In row-major order. */
  readonly values: ArrayValues;
}

export function isText(values: ArrayValues): values is readonly string[] {
  return Array.isArray(values);
}

/**
 * Parses a .npy file. Source: NumPy's documentation of the format, `numpy.lib.format`, versions 1.0 to 3.0.
 *
 * @param who the file, for error messages
 * @throws {InklingError} when it is damaged, or its values are neither numbers nor text
 */
export function parseNpy(bytes: Uint8Array, who: string): NumpyArray {
  if (!hasAt(bytes, 0, NPY_SIGNATURE))
    throw new InklingError(
      `${who}: expected a NumPy array (.npy), got something else; save it with numpy.save`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isShort = bytes[6] === 1;
  const headerStart = isShort ? 10 : 12;
  if (bytes.length < headerStart) throw truncated(who);
  const headerBytes = isShort ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = headerStart + headerBytes;
  if (bytes.length < start) throw truncated(who);
  const { type, shape, isFortran } = parseHeader(
    new TextDecoder().decode(bytes.subarray(headerStart, start)),
    who,
  );
  const count = sizeOf(shape);
  const { itemBytes, read } = readerOf(type, who);
  const expected = start + count * itemBytes;
  if (bytes.length < expected) throw truncated(who);
  if (bytes.length > expected) {
    throw new InklingError(
      `${who}: has ${bytes.length} bytes, expected ${expected} for an array of ${formatShape(shape)}; save one array with numpy.save`,
    );
  }
  const values = read(bytes.subarray(start, start + count * itemBytes), count);
  return { shape, values: isFortran ? toRowMajor(values, shape) : values };
}

function truncated(who: string): InklingError {
  return new InklingError(`${who}: the NumPy array is truncated; get a complete copy`);
}

interface Header {
  readonly type: string;
  readonly shape: Shape;
  readonly isFortran: boolean;
}

/** Parses `{'descr': '|u1', 'fortran_order': False, 'shape': (60000, 28, 28), }`. */
function parseHeader(text: string, who: string): Header {
  const type = /'descr'\s*:\s*'([^']+)'/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([^)]*)\)/.exec(text)?.[1];
  if (type === undefined || shape === undefined) {
    throw new InklingError(
      `${who}: expected an array of numbers or text, got a NumPy array of records or a damaged one; save each field as its own array`,
    );
  }
  const sizes = shape.split(',').filter((size) => size.trim() !== '');
  // Python 2 wrote long integers with an L.
  if (!sizes.every((size) => /^\s*\d{1,15}L?\s*$/.test(size))) {
    throw new InklingError(`${who}: the shape of the NumPy array is damaged; get a complete copy`);
  }
  return {
    type,
    shape: sizes.map((size) => Number.parseInt(size, 10)),
    isFortran: /'fortran_order'\s*:\s*True/.test(text),
  };
}

interface Reader {
  readonly itemBytes: number;
  readonly read: (bytes: Uint8Array, count: number) => ArrayValues;
}

function readerOf(type: string, who: string): Reader {
  const [, order, kind, size] = /^([<>|=]?)([a-zA-Z])(\d+)$/.exec(type) ?? [];
  const isLittle = order !== '>';
  const itemBytes = Number(size);
  const reader = numberReader(kind, itemBytes, isLittle);
  if (reader !== undefined) return { itemBytes, read: reader };
  if (kind === 'U')
    return { itemBytes: 4 * itemBytes, read: (bytes, count) => readText(bytes, count, isLittle) };
  if (kind === 'S') return { itemBytes, read: readByteStrings };
  const what = kind === 'O' || type === '|O' ? 'Python objects' : `values of the type ${type}`;
  throw new InklingError(
    `${who}: contains ${what}, expected numbers or text; convert the array with astype("uint8") or astype(str), and save it again`,
  );
}

function numberReader(
  kind: string | undefined,
  itemBytes: number,
  isLittle: boolean,
): Reader['read'] | undefined {
  if ((kind === 'u' || kind === 'b') && itemBytes === 1) return (bytes) => bytes;
  const get = {
    i1: (view: DataView, at: number) => view.getInt8(at),
    i2: (view: DataView, at: number) => view.getInt16(at, isLittle),
    u2: (view: DataView, at: number) => view.getUint16(at, isLittle),
    i4: (view: DataView, at: number) => view.getInt32(at, isLittle),
    u4: (view: DataView, at: number) => view.getUint32(at, isLittle),
    i8: (view: DataView, at: number) => Number(view.getBigInt64(at, isLittle)),
    u8: (view: DataView, at: number) => Number(view.getBigUint64(at, isLittle)),
    f2: (view: DataView, at: number) => halfToNumber(view.getUint16(at, isLittle)),
    f4: (view: DataView, at: number) => view.getFloat32(at, isLittle),
    f8: (view: DataView, at: number) => view.getFloat64(at, isLittle),
  };
  const key = `${kind}${itemBytes}`;
  if (!isKey(get, key)) return undefined;
  return (bytes, count) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    // Pixels fit into 32 bits.
    return Float32Array.from({ length: count }, (_, i) => get[key](view, i * itemBytes));
  };
}

function isKey<T extends object>(object: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(object, key);
}

/** A half-precision float: sign, 5 bits of exponent, 10 bits of fraction. Source: IEEE 754, binary16. */
function halfToNumber(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}

/** Text of 32-bit code points, padded with zeros. */
function readText(bytes: Uint8Array, count: number, isLittle: boolean): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const itemBytes = count === 0 ? 0 : bytes.length / count;
  return Array.from({ length: count }, (_, i) => {
    let text = '';
    for (let at = i * itemBytes; at < (i + 1) * itemBytes; at += 4) {
      const point = view.getUint32(at, isLittle);
      if (point !== 0 && point <= 0x10ffff) text += String.fromCodePoint(point);
    }
    return text;
  });
}

function readByteStrings(bytes: Uint8Array, count: number): string[] {
  const itemBytes = count === 0 ? 0 : bytes.length / count;
  return Array.from({ length: count }, (_, i) =>
    new TextDecoder().decode(bytes.subarray(i * itemBytes, (i + 1) * itemBytes)).replace(/\0+$/, ''),
  );
}

/** Converts from Fortran order, in which the first index varies fastest. */
function toRowMajor(values: ArrayValues, shape: Shape): ArrayValues {
  const order = fortranOrder(shape);
  if (isText(values)) return Array.from(order, (index) => values[index]);
  return values instanceof Uint8Array
    ? Uint8Array.from(order, (index) => values[index])
    : Float32Array.from(order, (index) => values[index]);
}

/** The positions of the values of an array in Fortran order, listed in row-major order. */
function fortranOrder(shape: Shape): Uint32Array {
  const count = sizeOf(shape);
  const indices = shape.map(() => 0);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  return Uint32Array.from({ length: count }, () => {
    const position = indices.reduce((sum, index, axis) => sum + index * strides[axis], 0);
    for (let axis = shape.length - 1; axis >= 0 && ++indices[axis] === shape[axis]; axis--) indices[axis] = 0;
    return position;
  });
}
