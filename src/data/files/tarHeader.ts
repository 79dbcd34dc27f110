import { InklingError } from '../../core/errors.js';

export const BLOCK_BYTES = 512;

/** The header of an entry. */
export interface TarHeader {
  readonly name: string;
  /** `0`: file, `1`: hard link, `2`: symbolic link, `5`: folder, `L` and `K`: GNU long names, `x` and `g`: pax records, … */
  readonly type: string;
  /** The size of the content, which links, folders and devices do not have. */
  readonly bytes: number;
}

const WITHOUT_CONTENT = '123456';

/**
 * @param position the header's position in the archive, for messages
 * @throws {InklingError} when its checksum or its size is wrong
 */
export function parseHeader(block: Uint8Array, position: number, who: string): TarHeader {
  const checksum = parseNumber(block.subarray(148, 156));
  if (checksum !== sumOf(block, 0) && checksum !== sumOf(block, 256)) {
    throw position === 0 ? notTar(who) : damaged(who, position, 'the checksum of a header is wrong');
  }
  const isUstar = parseText(block.subarray(257, 262)) === 'ustar';
  const prefix = isUstar && block[262] === 0 ? parseText(block.subarray(345, 500)) : '';
  const name = parseText(block.subarray(0, 100));
  // Archives before POSIX have no type for folders.
  const type = name.endsWith('/') && [0, 0x30].includes(block[156]) ? '5' : typeOf(block[156]);
  const bytes = WITHOUT_CONTENT.includes(type) ? 0 : parseNumber(block.subarray(124, 136));
  if (bytes === undefined) throw damaged(who, position, 'the size of an entry is not a number of bytes');
  return { name: prefix === '' ? name : `${prefix}/${name}`, type, bytes };
}

function typeOf(byte: number): string {
  return byte === 0 ? '0' : String.fromCharCode(byte);
}

/** The sum of all bytes of a header, with spaces in the checksum field; old programs subtract 256 from bytes above 127. */
function sumOf(block: Uint8Array, subtrahend: 0 | 256): number {
  let sum = 0;
  for (let index = 0; index < BLOCK_BYTES; index++) {
    const byte = index >= 148 && index < 156 ? 0x20 : block[index];
    sum += byte > 127 ? byte - subtrahend : byte;
  }
  return sum;
}

/** A number in octal digits or, if the first bit is set, in binary, as GNU tar writes large numbers. */
function parseNumber(field: Uint8Array): number | undefined {
  if (field[0] === 0x80) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = parseText(field).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** The text in a field, up to the first zero. */
export function parseText(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

export function notTar(who: string): InklingError {
  return new InklingError(`${who}: is not a tar archive; pack it again with tar -cf`);
}

export function damaged(who: string, position: number, what: string): InklingError {
  return new InklingError(`${who}: is damaged at byte ${position}: ${what}; pack it again with tar -cf`);
}
