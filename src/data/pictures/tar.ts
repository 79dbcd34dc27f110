import { InklingError } from '../../core/errors.js';
import { checkCount, byName, isLitter, type ListedFile, type Listing } from './listing.js';

const BLOCK = 512;
/** Names longer than this are no names. */
const LONGEST_NAME_BYTES = 65_536;

/** Reads bytes of an archive; fewer at its end. */
export type ReadAt = (offset: number, bytes: number) => Uint8Array;

/** An archive to list. */
export interface Archive {
  /** Of the file. */
  readonly path: string;
  /** What its owner calls it. */
  readonly who: string;
  readonly bytes: number;
}

/** The head of one entry. */
interface Head {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

/** What entries of the formats GNU and pax say of the one behind them. */
interface Extension {
  readonly name?: string;
  readonly bytes?: number;
}

/**
 * The files in a tar archive and where each begins in it: nothing is unpacked. Formats: ustar, GNU and pax. Sources: POSIX.1-2017,
 * pax; the manual of GNU tar, "Basic Tar Format".
 *
 * @throws {InklingError} when it is no tar archive, damaged, holds two files of one name, or a name that leads out of it
 */
export function listTar({ path, who, bytes: totalBytes }: Archive, readAt: ReadAt): Listing {
  const files: ListedFile[] = [];
  const folders: string[] = [];
  let extension: Extension = {};
  let at = 0;
  while (at < totalBytes) {
    const block = readAt(at, BLOCK);
    if (block.every((byte) => byte === 0)) break;
    const head = headOf(block, at, who);
    const bytes = extension.bytes ?? head.bytes;
    const offset = at + BLOCK;
    if (offset + bytes > totalBytes) {
      throw new InklingError(`${who}: is cut short at byte ${totalBytes}; get a whole copy of it`);
    }
    at = offset + Math.ceil(bytes / BLOCK) * BLOCK;
    if ('LKxg'.includes(head.type)) {
      extension = extend(extension, head, () => content(readAt, offset, bytes, who));
      continue;
    }
    const name = cleanName(extension.name ?? head.name, who);
    extension = {};
    if (name === '' || name.split('/').some(isLitter)) continue;
    if (head.type === '5') folders.push(name);
    else files.push({ name, path, offset, bytes, ...problemOf(head.type) });
    checkCount(files.length, who);
  }
  return { files: distinct(files.sort(byName), who), folders };
}

function headOf(block: Uint8Array, at: number, who: string): Head {
  if (block.length < BLOCK || checksumOf(block) !== numberIn(block, 148, 8)) {
    const what = at === 0 ? 'is no tar archive' : `is damaged at byte ${at}`;
    throw new InklingError(`${who}: ${what}; pack it again with tar -cf`);
  }
  const isUstar = textIn(block, 257, 5) === 'ustar';
  const prefix = isUstar && block[262] === 0 ? textIn(block, 345, 155) : '';
  const name = textIn(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: String.fromCharCode(block[156] || '0'.charCodeAt(0)),
    bytes: numberIn(block, 124, 12),
  };
}

/** The sum of all bytes of a head, with spaces in the place of the sum. */
function checksumOf(block: Uint8Array): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

/** A number in octal digits, or in binary with its first bit set, as GNU writes large ones. */
function numberIn(block: Uint8Array, start: number, length: number): number {
  const field = block.subarray(start, start + length);
  if ((field[0] & 0x80) !== 0) {
    return field.subarray(1).reduce((value, byte) => value * 256 + byte, field[0] & 0x7f);
  }
  const digits = textIn(block, start, length).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(`0${digits}`, 8) : NaN;
}

function textIn(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

function content(readAt: ReadAt, offset: number, bytes: number, who: string): Uint8Array {
  if (bytes <= LONGEST_NAME_BYTES) return readAt(offset, bytes);
  throw new InklingError(`${who}: is damaged at byte ${offset}; pack it again with tar -cf`);
}

function extend(extension: Extension, { type, bytes }: Head, read: () => Uint8Array): Extension {
  if (type === 'L') return { ...extension, name: textIn(read(), 0, bytes) };
  if (type !== 'x') return extension;
  const records = paxRecords(read());
  const [name, size] = [records.get('path'), records.get('size')];
  return {
    ...extension,
    ...(name === undefined ? {} : { name }),
    ...(size === undefined ? {} : { bytes: Number(size) }),
  };
}

/** Records `LENGTH KEY=VALUE\n`, whose length in bytes counts all of it. */
function paxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const length = Number.parseInt(new TextDecoder().decode(bytes.subarray(at, at + 12)), 10);
    if (!(length > 0)) break;
    const record = new TextDecoder().decode(bytes.subarray(at, at + length - 1));
    const found = /^\d+ ([^=]*)=(.*)$/s.exec(record);
    if (found !== null) records.set(found[1], found[2]);
    at += length;
  }
  return records;
}

/** A path below the root of the archive, with single slashes; empty for the root itself. */
function cleanName(name: string, who: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (name.startsWith('/') || parts.includes('..')) {
    throw new InklingError(
      `${who}: holds "${name}", which leads out of it; pack it again from within its folder`,
    );
  }
  return parts.join('/');
}

function problemOf(type: string): { problem?: string } {
  if (type === '0' || type === '7') return {};
  const what = type === '1' || type === '2' ? 'a link' : 'not a file';
  return { problem: `${what}; pack the picture itself` };
}

function distinct(files: readonly ListedFile[], who: string): readonly ListedFile[] {
  const twice = files.find(({ name }, at) => at > 0 && files[at - 1].name === name);
  if (twice === undefined) return files;
  throw new InklingError(`${who}: holds "${twice.name}" more than once; pack it again`);
}
