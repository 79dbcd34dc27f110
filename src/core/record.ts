import { checksumOf } from './checksum.js';
import { InklingError, messageOf } from './errors.js';

/** The last property of a record, which states the checksum of the others as compact JSON. */
const CHECKSUM = 'checksum';

/**
 * The JSON text of a record with a checksum, which `checkRecord` verifies.
 *
 * @param indent the number of spaces by which nested values are indented; all on one line by default
 */
export function encodeRecord(record: object, indent?: number): string {
  return JSON.stringify({ ...record, [CHECKSUM]: checksumOfValue(record) }, null, indent);
}

/**
 * Parses a record.
 *
 * @param who the file, for error messages
 * @throws {InklingError} when the text is not valid JSON
 */
export function parseRecord(text: string, who: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InklingError(`${who}: not valid JSON (${messageOf(error)}); the file is damaged`);
  }
}

/**
 * Verifies the checksum of a record, as far as it has one: records of earlier versions and of other programs do not.
 *
 * @param value the parsed record
 * @param who the file, for error messages
 * @returns the record without its checksum
 * @throws {InklingError} when it was changed after it was written
 */
export function checkRecord(value: unknown, who: string): unknown {
  if (typeof value !== 'object' || value === null || !(CHECKSUM in value)) return value;
  const { [CHECKSUM]: expected, ...record } = value;
  const computed = checksumOfValue(record);
  if (expected === computed) return record;
  throw new InklingError(
    `${who}: damaged: expected the checksum ${JSON.stringify(expected)}, got "${computed}"; get a clean copy, or, if you have edited the file, remove "${CHECKSUM}" from it`,
  );
}

function checksumOfValue(value: object): string {
  return checksumOf(new TextEncoder().encode(JSON.stringify(value)));
}
