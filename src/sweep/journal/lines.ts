import { parseRecord } from '../../core/record.js';
import { validate } from '../../core/validate.js';
import { readBytes } from '../../platform/files.js';
import { type JournalRecord, recordSchema } from './records.js';

/** More than 100,000 trials of 20 epochs. */
const MAX_BYTES = 2 ** 29 - 2 ** 20;

/** Numbers that Python writes as JSON although JSON does not have them. */
const NOT_FINITE = /(?<=[:,[]\s*)(?:NaN|-?Infinity)(?=\s*[,}\]])/g;

export interface JournalLines {
  readonly bytes: Uint8Array;
  /** Where the last complete line ends. */
  readonly end: number;
  readonly lines: readonly string[];
  /** What the lines state. */
  readonly records: readonly JournalRecord[];
}

/**
 * Reads the complete lines of a journal.
 *
 * @throws {InklingError} when it cannot be read, or a line is not an operation of a sweep or a study
 */
export function readLines(path: string): JournalLines {
  const bytes = readBytes(path, MAX_BYTES);
  const end = bytes.lastIndexOf('\n'.charCodeAt(0)) + 1;
  const lines = new TextDecoder().decode(bytes.subarray(0, end)).split('\n').slice(0, -1);
  const records = lines.map((line, index) => parseLine(line, `${path}: line ${index + 1}`));
  return { bytes, end, lines, records };
}

function parseLine(line: string, who: string): JournalRecord {
  return validate(recordSchema, parseRecord(line.replaceAll(NOT_FINITE, 'null'), who), who);
}
