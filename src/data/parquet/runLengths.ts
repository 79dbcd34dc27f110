import type { PageHeader } from 'hyparquet';

/**
 * Checks the run lengths in a page before hyparquet decodes them: it writes as many values as a run has, however many are needed.
 * Source: the specification of the format, "Run Length Encoding / Bit-Packing Hybrid".
 *
 * @param page the unpacked bytes of a data page
 * @param levels the highest repetition and definition level of the column
 * @throws {Error} when a run is too long, or the page ends within one
 */
export function checkRunLengths(
  page: Uint8Array,
  { data_page_header: header, data_page_header_v2: header2 }: PageHeader,
  levels: ColumnLevels,
): void {
  const reader = new RunReader(page);
  if (header !== undefined) {
    // Both levels are preceded by their length in bytes.
    for (const level of [levels.repetition, levels.definition]) {
      if (level === 0) continue;
      const bytes = reader.uint32();
      const end = reader.offset + bytes;
      reader.checkRuns(widthOf(level), header.num_values);
      reader.offset = end;
    }
    checkValues(reader, header.encoding, header.num_values);
  }
  if (header2 !== undefined) {
    if (levels.repetition > 0) reader.checkRuns(widthOf(levels.repetition), header2.num_values);
    reader.offset = header2.repetition_levels_byte_length;
    if (levels.definition > 0) reader.checkRuns(widthOf(levels.definition), header2.num_values);
    reader.offset = header2.repetition_levels_byte_length + header2.definition_levels_byte_length;
    checkValues(reader, header2.encoding, header2.num_values - header2.num_nulls);
  }
}

/** The highest levels of a column: how often it repeats, and how often it may be missing. */
export interface ColumnLevels {
  readonly repetition: number;
  readonly definition: number;
}

function checkValues(reader: RunReader, encoding: string, values: number): void {
  switch (encoding) {
    case 'PLAIN':
      return;
    case 'PLAIN_DICTIONARY':
    case 'RLE_DICTIONARY':
      if (values > 0) reader.checkRuns(reader.byte(), values);
      return;
    case 'RLE':
      reader.uint32();
      reader.checkRuns(1, values);
      return;
    default:
      throw new Error(`its values are encoded as ${encoding}; save the table with pandas or pyarrow`);
  }
}

/** The number of bits of a level. */
function widthOf(level: number): number {
  return 32 - Math.clz32(level);
}

/** Writers fill up to 63 groups of 8 values. */
const MAX_PADDING = 503;

class RunReader {
  offset = 0;
  readonly #page: Uint8Array;

  constructor(page: Uint8Array) {
    this.#page = page;
  }

  byte(): number {
    if (this.offset >= this.#page.length) throw new Error('a page ends within its values');
    return this.#page[this.offset++];
  }

  uint32(): number {
    return this.byte() + this.byte() * 2 ** 8 + this.byte() * 2 ** 16 + this.byte() * 2 ** 24;
  }

  /** Checks runs of a number of values altogether, of which the last may be longer if its values are packed in groups. */
  checkRuns(width: number, values: number): void {
    if (width > 32) throw new Error('a page has values of more than 32 bits');
    let seen = 0;
    while (seen < values) {
      const header = this.#varInt();
      const isPacked = (header & 1) === 1;
      const count = isPacked ? (header >>> 1) * 8 : header >>> 1;
      const bytes = isPacked ? (header >>> 1) * width : Math.ceil(width / 8);
      const most = isPacked ? values - seen + MAX_PADDING : values - seen;
      if (count === 0 || count > most) throw new Error('a run of values is too long');
      seen += count;
      this.offset += bytes;
    }
  }

  #varInt(): number {
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error('a run of values is too long');
  }
}
