import { InklingError } from '../../core/errors.js';
import { byName, checkFileCount, isSystemFile, type ListedFile, type Listing } from './listing.js';

const BLOCK_BYTES = 512;
/** Larger extension headers are treated as damage. */
const MAX_EXTENSION_BYTES = 65_536;

/** Reads bytes of an archive; fewer at its end. */
export type ReadAt = (offset: number, bytes: number) => Uint8Array;

/** An archive to list. */
export interface Archive {
  /** The path of the unpacked archive. */
  readonly path: string;
  /** The name for error messages. */
  readonly who: string;
  readonly bytes: number;
}

/** The header of an entry. */
interface Header {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

/** What a GNU or pax extension header says about the entry that follows it. */
interface Extension {
  readonly name?: string;
  readonly bytes?: number;
}

/**
 * Lists the files in a tar archive with their offsets, without unpacking it. Formats: ustar, GNU and pax. Sources:
 * POSIX.1-2017, pax; the GNU tar manual, "Basic Tar Format".
 *
 * @throws {InklingError} when it is not a tar archive, is damaged, or contains duplicate names or a path outside the archive
 */
export function listTar({ path, who, bytes: totalBytes }: Archive, readAt: ReadAt): Listing {
  const files: ListedFile[] = [];
  const folders: string[] = [];
  const systemFiles = new Set<string>();
  let extension: Extension = {};
  let position = 0;
  while (position < totalBytes) {
    const block = readAt(position, BLOCK_BYTES);
    if (block.every((byte) => byte === 0)) break;
    const header = parseHeader(block, position, who);
    const bytes = extension.bytes ?? header.bytes;
    const offset = position + BLOCK_BYTES;
    if (offset + bytes > totalBytes) {
      throw new InklingError(`${who}: is truncated at byte ${totalBytes}; get a complete copy`);
    }
    position = offset + Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
    if ('LKxg'.includes(header.type)) {
      extension = extend(extension, header, () => extensionContent(readAt, offset, bytes, who));
      continue;
    }
    const name = normalizePath(extension.name ?? header.name, who);
    extension = {};
    if (name === '') continue;
    const segments = name.split('/');
    const systemFile = segments.findIndex(isSystemFile);
    if (systemFile !== -1) {
      systemFiles.add(segments.slice(0, systemFile + 1).join('/'));
      continue;
    }
    if (header.type === '5') folders.push(name);
    else files.push({ name, path, offset, bytes, ...problemOf(header.type) });
    checkFileCount(files.length, who);
  }
  return { files: withoutDuplicates(files.sort(byName), who), folders, systemFiles: [...systemFiles] };
}

function parseHeader(block: Uint8Array, position: number, who: string): Header {
  if (block.length < BLOCK_BYTES || checksumOf(block) !== parseNumber(block, 148, 8)) {
    const problem = position === 0 ? 'is not a tar archive' : `is damaged at byte ${position}`;
    throw new InklingError(`${who}: ${problem}; pack it again with tar -cf`);
  }
  const isUstar = parseText(block, 257, 5) === 'ustar';
  const prefix = isUstar && block[262] === 0 ? parseText(block, 345, 155) : '';
  const name = parseText(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: String.fromCharCode(block[156] || '0'.charCodeAt(0)),
    bytes: parseNumber(block, 124, 12),
  };
}

/** The sum of all bytes of a header, with spaces in the checksum field. */
function checksumOf(block: Uint8Array): number {
  return block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0);
}

/** A number in octal digits or, if the first bit is set, in binary, as GNU tar writes large numbers. */
function parseNumber(block: Uint8Array, start: number, length: number): number {
  const field = block.subarray(start, start + length);
  if ((field[0] & 0x80) !== 0) {
    return field.subarray(1).reduce((value, byte) => value * 256 + byte, field[0] & 0x7f);
  }
  const digits = parseText(block, start, length).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(`0${digits}`, 8) : NaN;
}

function parseText(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

function extensionContent(readAt: ReadAt, offset: number, bytes: number, who: string): Uint8Array {
  if (bytes <= MAX_EXTENSION_BYTES) return readAt(offset, bytes);
  throw new InklingError(`${who}: is damaged at byte ${offset}; pack it again with tar -cf`);
}

function extend(extension: Extension, { type, bytes }: Header, read: () => Uint8Array): Extension {
  if (type === 'L') return { ...extension, name: parseText(read(), 0, bytes) };
  if (type !== 'x') return extension;
  const records = parsePaxRecords(read());
  const [name, size] = [records.get('path'), records.get('size')];
  return {
    ...extension,
    ...(name === undefined ? {} : { name }),
    ...(size === undefined ? {} : { bytes: Number(size) }),
  };
}

/** Parses records `LENGTH KEY=VALUE\n`, where the length in bytes includes the whole record. */
function parsePaxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let start = 0; start < bytes.length;) {
    const length = Number.parseInt(new TextDecoder().decode(bytes.subarray(start, start + 12)), 10);
    if (!(length > 0)) break;
    const record = new TextDecoder().decode(bytes.subarray(start, start + length - 1));
    const match = /^\d+ ([^=]*)=(.*)$/s.exec(record);
    if (match !== null) records.set(match[1], match[2]);
    start += length;
  }
  return records;
}

/** A path relative to the root of the archive, with single slashes; empty for the root itself. */
function normalizePath(name: string, who: string): string {
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (name.startsWith('/') || segments.includes('..')) {
    throw new InklingError(
      `${who}: contains the path "${name}", which lies outside the archive; pack it again from within its folder`,
    );
  }
  return segments.join('/');
}

function problemOf(type: string): { problem?: string } {
  if (type === '0' || type === '7') return {};
  const what = type === '1' || type === '2' ? 'a link' : 'not a file';
  return { problem: `${what}; pack the image file itself` };
}

function withoutDuplicates(files: readonly ListedFile[], who: string): readonly ListedFile[] {
  const duplicate = files.find(({ name }, index) => index > 0 && files[index - 1].name === name);
  if (duplicate === undefined) return files;
  throw new InklingError(`${who}: contains "${duplicate.name}" more than once; pack it again`);
}
