import { zipSync } from 'fflate';

/** A .npy file, written from NumPy's description of the format, version 1.0. */
export function npy(
  type: string,
  shape: readonly number[],
  content: Uint8Array,
  isFortran = false,
): Uint8Array {
  const sizes = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const order = isFortran ? 'True' : 'False';
  const header = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${sizes}, }`;
  const padded = `${header.padEnd(117)}\n`;
  const start = Buffer.from('\x93NUMPY\x01\x00', 'latin1');
  const length = Uint8Array.from([padded.length & 0xff, padded.length >> 8]);
  return Uint8Array.from(Buffer.concat([start, length, Buffer.from(padded), content]));
}

/** An .npz file with arrays by name. */
export function npz(arrays: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])));
}

/** The bytes of 64-bit integers in little-endian order. */
export function int64(values: readonly number[]): Uint8Array {
  return new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
}
