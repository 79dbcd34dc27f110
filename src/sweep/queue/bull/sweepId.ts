import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { parseRecord } from '../../../core/record.js';
import { validate } from '../../../core/validate.js';
import { kindOf, readBytes, writeFileAtomic } from '../../../platform/files.js';
import { makeFolder } from '../../../platform/folders.js';
import { sweepIdSchema } from './messages.js';
import { queueFolder } from './stores.js';

const MAX_BYTES = 1024;

function idFile(folder: string): string {
  return join(queueFolder(folder), 'sweep.json');
}

/**
 * The ID by which a sweep is known in Redis, where others can have the same name; undefined before it was first conducted there.
 *
 * @throws {InklingError} when the file with it is damaged
 */
export function readSweepId(folder: string): string | undefined {
  const file = idFile(folder);
  if (kindOf(file) !== 'file') return undefined;
  const text = new TextDecoder().decode(readBytes(file, MAX_BYTES));
  return validate(z.object({ id: sweepIdSchema }), parseRecord(text, file), file).id;
}

/** The ID of a sweep, which is created on first use. */
export function claimSweepId(folder: string): string {
  const known = readSweepId(folder);
  if (known !== undefined) return known;
  const id = randomUUID();
  makeFolder(queueFolder(folder));
  writeFileAtomic(idFile(folder), `${JSON.stringify({ id })}\n`);
  return id;
}
