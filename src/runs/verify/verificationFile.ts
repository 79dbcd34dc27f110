import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { checkRecord, encodeRecord, parseRecord } from '../../core/record.js';
import { validate } from '../../core/validate.js';
import { MAX_CHECKPOINT_BYTES } from '../../interop/checkpoint.js';
import { kindOf, readBytes, writeFileAtomic } from '../../platform/files.js';
import { tryWriting } from '../../platform/optionalWrites.js';
import {
  checkpointFile,
  CONFIG_FILE,
  PREDICTIONS_FILE,
  SUMMARY_FILE,
  VERIFICATION_FILE,
} from '../runFiles.js';
import { type RecordedVerification, type Verification, verificationSchema } from './verification.js';

/**
 * Writes what was verified into the folder of a run, as far as that is permitted.
 *
 * @returns why it could not be written, if so
 */
export function saveVerification(folder: string, verification: Verification): string | undefined {
  const file = join(folder, VERIFICATION_FILE);
  return tryWriting(file, () => {
    writeFileAtomic(file, `${encodeRecord(verification, 2)}\n`);
  });
}

/**
 * What was verified of a run.
 *
 * @returns undefined if nothing was
 * @throws {InklingError} when the file is invalid
 */
export function readVerification(folder: string): RecordedVerification | undefined {
  const file = join(folder, VERIFICATION_FILE);
  if (kindOf(file) !== 'file') return undefined;
  const text = new TextDecoder().decode(readBytes(file, MAX_CHECKPOINT_BYTES));
  const verification = validate(verificationSchema, checkRecord(parseRecord(text, file), file), file);
  return { ...verification, isOutdated: verification.record !== hashOfRecord(folder) };
}

/** Identifies what a run states about its training: changes whenever one of its results does. */
export function hashOfRecord(folder: string): string {
  const hash = createHash('sha256');
  for (const name of [CONFIG_FILE, SUMMARY_FILE, PREDICTIONS_FILE, checkpointFile('best')]) {
    const file = join(folder, name);
    const bytes = kindOf(file) === 'file' ? readBytes(file, MAX_CHECKPOINT_BYTES) : new Uint8Array();
    hash.update(JSON.stringify([name, bytes.length])).update(bytes);
  }
  return hash.digest('hex');
}
