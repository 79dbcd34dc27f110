import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** At most `length` bytes of a file of the job's fixture. */
export function readFixtureFile({ folder }, name, length = Infinity) {
  const path = join(folder, name);
  const bytes = new Uint8Array(Math.min(length, statSync(path).size));
  const file = openSync(path, 'r');
  readSync(file, bytes);
  closeSync(file);
  return bytes;
}
