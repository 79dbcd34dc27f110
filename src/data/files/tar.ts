import { InklingError } from '../../core/errors.js';
import { byName, checkFileCount, isSystemFile, type ListedFile, type Listing } from './listing.js';
import { extend, isExtension, type TarExtension } from './tarExtension.js';
import { BLOCK_BYTES, damaged, notTar, parseHeader } from './tarHeader.js';

/** Larger extension headers are treated as damage. */
const MAX_EXTENSION_BYTES = 2 ** 20;
/** Zeros after the end marker fill the last record, which has at most 2048 blocks. */
const MAX_PADDING_BYTES = 2048 * BLOCK_BYTES;

/** An archive to list. */
export interface Archive {
  /** The path of the unpacked archive. */
  readonly path: string;
  /** The name for error messages. */
  readonly who: string;
}

/** A part of an archive. */
export interface ByteRange {
  /** Never less than the end of the previous range. */
  readonly offset: number;
  /** At least 1. */
  readonly bytes: number;
}

/**
 * Lists the files in a tar archive with their offsets, without unpacking it. Formats: ustar, GNU and pax. Sources:
 * POSIX.1-2017, pax; the GNU tar manual, "Basic Tar Format". Every field that determines what is read is validated, and the
 * archive must be complete: it ends with a block of zeros, and nothing but zeros follows.
 *
 * The caller reads the requested ranges, in order, and returns their bytes, fewer only where the archive ends; it can thus list an
 * archive that is being unpacked.
 *
 * @throws {InklingError} when it is not a tar archive, is damaged or truncated, or contains duplicate names, a path outside the
 * archive, or a sparse file
 */
export function* listTar({ path, who }: Archive): Generator<ByteRange, Listing, Uint8Array> {
  const files: ListedFile[] = [];
  const folders: string[] = [];
  const systemFiles = new Set<string>();
  let extension: TarExtension = {};
  let position = 0;
  for (;;) {
    checkFileCount(files.length + folders.length + systemFiles.size, who);
    const block = yield { offset: position, bytes: BLOCK_BYTES };
    if (block.length < BLOCK_BYTES) throw position === 0 ? notTar(who) : truncated(who, position);
    if (isZero(block)) break;
    const header = parseHeader(block, position, who);
    const offset = position + BLOCK_BYTES;
    if (isExtension(header)) {
      const content = yield* readExtension(offset, header.bytes, who);
      extension = extend(extension, header.type, content, { position, who });
      position = endOf(offset, header.bytes);
      continue;
    }
    const bytes = extension.bytes ?? header.bytes;
    position = endOf(offset, bytes);
    if (!Number.isSafeInteger(position)) throw truncated(who, position);
    const name = normalizePath(extension.name ?? header.name, who);
    if (extension.isSparse === true || header.type === 'S') throw sparse(name, who);
    extension = {};
    if (name === '') continue;
    const segments = name.split('/');
    const systemFile = segments.findIndex(isSystemFile);
    if (systemFile !== -1) systemFiles.add(segments.slice(0, systemFile + 1).join('/'));
    else if (header.type === '5') folders.push(name);
    else files.push({ name, path, offset, bytes, ...problemOf(header.type) });
  }
  if (Object.keys(extension).length > 0) throw damaged(who, position, 'the last entry is missing');
  yield* checkEnd(position + BLOCK_BYTES, who);
  return { files: withoutDuplicates(files.sort(byName), who), folders, systemFiles: [...systemFiles] };
}

/** The position after content, which fills whole blocks. */
function endOf(offset: number, bytes: number): number {
  return offset + Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function truncated(who: string, position: number): InklingError {
  return new InklingError(
    `${who}: is truncated: it ends before byte ${position + BLOCK_BYTES} and without an end marker; get a complete copy`,
  );
}

function sparse(name: string, who: string): InklingError {
  return new InklingError(`${who}: contains the sparse file "${name}"; pack it again without --sparse`);
}

function* readExtension(
  offset: number,
  bytes: number,
  who: string,
): Generator<ByteRange, Uint8Array, Uint8Array> {
  if (bytes < 1 || bytes > MAX_EXTENSION_BYTES) {
    throw damaged(who, offset - BLOCK_BYTES, `an extended header has ${bytes} bytes`);
  }
  const content = yield { offset, bytes };
  if (content.length < bytes) throw truncated(who, endOf(offset, bytes));
  return content;
}

/** Checks that only zeros follow the first block of the end marker. The second one may be missing, as some programs leave it out. */
function* checkEnd(start: number, who: string): Generator<ByteRange, void, Uint8Array> {
  const rest = yield { offset: start, bytes: MAX_PADDING_BYTES };
  if (isZero(rest) && rest.length < MAX_PADDING_BYTES) return;
  throw new InklingError(
    `${who}: contains more data after its end marker at byte ${start - BLOCK_BYTES}; pack it again with tar -cf`,
  );
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
