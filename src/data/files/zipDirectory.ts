import { InklingError } from '../../core/errors.js';
import { hasAt } from '../../core/files/signature.js';

/** An entry of a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly crc: number;
  readonly unpackedBytes: number;
  readonly packed: Uint8Array;
}

const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const ZIP64_END_BYTES = 56;
const ZIP64_LOCATOR_BYTES = 20;
const MAX_COMMENT_BYTES = 0xffff;
const IS_ENCRYPTED = 1;

/**
 * The entries that the directory of a zip archive lists, which must be complete, undivided and smaller than 4 GB, and whose
 * contents must not overlap. Records for larger archives (Zip64), which some programs always write, may repeat where the directory
 * is. Source: PKWARE's APPNOTE.TXT, section 4.3.
 *
 * @throws {InklingError} with the reason only
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findEnd(bytes, view);
  const [count, size, start] = [
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  ];
  const directoryEnd = end - zip64Bytes(bytes, view, { end, fields: [count, size, start] });
  if (start + size !== directoryEnd)
    throw new InklingError('its directory is damaged, or it has 4 GB or more');
  const entries: (ZipEntry & { readonly range: readonly [number, number] })[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > directoryEnd || !hasAt(bytes, at, 'PK\x01\x02')) throw damaged();
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const next = at + ENTRY_BYTES + name + extra + comment;
    if (next > directoryEnd) throw damaged();
    entries.push(readEntry(bytes, { at, nameBytes: name, directory: start }));
    at = next;
  }
  if (at !== directoryEnd) throw damaged();
  const ranges = entries.map(({ range }) => range).sort(([a], [b]) => a - b);
  if (ranges.some(([begin], index) => index > 0 && begin < ranges[index - 1][1])) throw damaged();
  return entries;
}

/** The position of the record that ends the archive, before a comment. */
function findEnd(bytes: Uint8Array, view: DataView): number {
  const first = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = bytes.length - END_BYTES; at >= first; at--) {
    if (!hasAt(bytes, at, 'PK\x05\x06')) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) === bytes.length) return at;
  }
  throw new InklingError('it is truncated, or no zip archive');
}

/**
 * The size of the Zip64 records between the directory and the end record, 0 if there are none.
 *
 * @param end the end record, whose fields count, size, and start they must repeat
 */
function zip64Bytes(
  bytes: Uint8Array,
  view: DataView,
  { end, fields }: { end: number; fields: readonly number[] },
): number {
  const locator = end - ZIP64_LOCATOR_BYTES;
  if (locator < ZIP64_END_BYTES || !hasAt(bytes, locator, 'PK\x06\x07')) return 0;
  const record = locator - ZIP64_END_BYTES;
  const stated = [32, 40, 48].map((field) => Number(view.getBigUint64(record + field, true)));
  const isValid =
    hasAt(bytes, record, 'PK\x06\x06') &&
    Number(view.getBigUint64(locator + 8, true)) === record &&
    fields.every((field, index) => field === stated[index]);
  if (!isValid) throw damaged();
  return ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES;
}

function damaged(): InklingError {
  return new InklingError('its directory is damaged');
}

/** The entry at a position of the directory, together with its local header, which precedes its content. */
function readEntry(
  bytes: Uint8Array,
  { at, nameBytes, directory }: { at: number; nameBytes: number; directory: number },
) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes));
  const local = view.getUint32(at + 42, true);
  if (local + LOCAL_BYTES > directory || !hasAt(bytes, local, 'PK\x03\x04')) throw damaged();
  const localNameBytes = view.getUint16(local + 26, true);
  const nameEnd = local + LOCAL_BYTES + localNameBytes;
  const localName = new TextDecoder().decode(bytes.subarray(local + LOCAL_BYTES, nameEnd));
  const begin = nameEnd + view.getUint16(local + 28, true);
  const end = begin + view.getUint32(at + 20, true);
  if (localName !== name || end > directory) throw damaged();
  if ((view.getUint16(at + 8, true) & IS_ENCRYPTED) !== 0) throw new InklingError(`${name} is encrypted`);
  return {
    name,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    unpackedBytes: view.getUint32(at + 24, true),
    packed: bytes.subarray(begin, end),
    range: [local, end] as const,
  };
}
