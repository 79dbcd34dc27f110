import { textAt } from '../../core/files/signature.js';
import { damaged, parseText, type TarHeader } from './tarHeader.js';

/** What GNU or pax extension headers say about the entry that follows them. */
export interface TarExtension {
  readonly name?: string;
  readonly bytes?: number;
  readonly isSparse?: boolean;
}

/** The types of the headers: GNU's long names of files and link targets, pax records for one entry, and for all. */
const TYPES = 'LKxXg';

export function isExtension({ type }: TarHeader): boolean {
  return TYPES.includes(type);
}

/**
 * Adds the content of an extension header.
 *
 * @throws {InklingError} when a record is malformed
 */
export function extend(
  extension: TarExtension,
  type: string,
  content: Uint8Array,
  at: { readonly position: number; readonly who: string },
): TarExtension {
  if (type === 'L') return { ...extension, name: parseText(content) };
  if (type === 'K') return extension;
  const records = parseRecords(content);
  if (records === undefined) throw damaged(at.who, at.position, 'a pax record is malformed');
  if (type === 'g') return extension;
  const [name, size] = [records.get('path'), records.get('size')];
  const bytes = size === undefined ? undefined : parseSize(size);
  if (size !== undefined && bytes === undefined) {
    throw damaged(at.who, at.position, `expected a size in bytes, got ${JSON.stringify(size.slice(0, 32))}`);
  }
  return {
    ...extension,
    ...(name === undefined ? {} : { name }),
    ...(bytes === undefined ? {} : { bytes }),
    ...([...records.keys()].some((key) => key.startsWith('GNU.sparse')) ? { isSparse: true } : {}),
  };
}

function parseSize(text: string): number | undefined {
  const bytes = /^\d+$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Parses records `LENGTH KEY=VALUE\n`, where the length in bytes includes the whole record; undefined if one is malformed. */
function parseRecords(content: Uint8Array): Map<string, string> | undefined {
  const records = new Map<string, string>();
  for (let start = 0; start < content.length;) {
    const digits = /^[1-9]\d{0,7}(?= )/.exec(textAt(content, start, 9))?.[0] ?? '';
    const end = start + Number(digits);
    if (digits === '' || end > content.length || content[end - 1] !== 0x0a) return undefined;
    const record = new TextDecoder().decode(content.subarray(start + digits.length + 1, end - 1));
    const equals = record.indexOf('=');
    if (equals < 1) return undefined;
    records.set(record.slice(0, equals), record.slice(equals + 1));
    start = end;
  }
  return records;
}
