import { join } from 'node:path';
import * as z from 'zod';
import { checksumOf } from '../../../core/checksum.js';
import { InklingError } from '../../../core/errors.js';
import { checkRecord, encodeRecord, parseRecord } from '../../../core/record.js';
import { nonNegativeInteger, validate } from '../../../core/validate.js';
import { MAX_CHECKPOINT_BYTES } from '../../../interop/checkpoint.js';
import { kindOf, readBytes, writeFileAtomic } from '../../../platform/files.js';
import { discardFolder, makeFolder, namesIn, renameFolder } from '../../../platform/folders.js';
import { claimTemporary } from '../../../platform/temporaries.js';
import { readRun } from '../../../runs/readRun.js';
import { CHECKPOINTS, CONFIG_FILE, RESUME_FILE } from '../../../runs/runFiles.js';
import { LOCK_FILE } from '../../../runs/trainingLock.js';

/** A line of JSON, followed by the contents of the files that it lists, one after the other. */
const headerSchema = z.object({
  format: z.literal(1),
  /** How many epochs are complete. */
  epochs: nonNegativeInteger,
  files: z.array(
    z.object({
      // Nothing outside of the run's folder.
      path: z.string().regex(/^(?:checkpoints\/)?\w[\w.-]*$/),
      bytes: nonNegativeInteger,
      checksum: z.string(),
    }),
  ),
});

/** The files of a run folder. */
export interface Snapshot {
  readonly epochs: number;
  readonly files: readonly { readonly path: string; readonly data: Uint8Array }[];
}

/** Whether a run can be resumed or has ended, so that its files are worth to be kept. */
export function isWorthKeeping(folder: string): boolean {
  return kindOf(join(folder, RESUME_FILE)) === 'file';
}

/**
 * The files of a run as bytes.
 *
 * @param folder which no process writes to in the meantime
 */
export function packRun(folder: string, epochs: number): Uint8Array {
  const paths = ['', CHECKPOINTS].flatMap((part) =>
    kindOf(join(folder, part)) !== 'folder'
      ? []
      : namesIn(join(folder, part))
          .filter((name) => /^\w/.test(name) && !name.startsWith(LOCK_FILE))
          .filter((name) => kindOf(join(folder, part, name)) === 'file')
          .map((name) => (part === '' ? name : `${part}/${name}`)),
  );
  const contents = paths.map((path) => readBytes(join(folder, path), MAX_CHECKPOINT_BYTES));
  const files = paths.map((path, index) => ({
    path,
    bytes: contents[index].length,
    checksum: checksumOf(contents[index]),
  }));
  return Buffer.concat([Buffer.from(`${encodeRecord({ format: 1, epochs, files })}\n`), ...contents]);
}

/**
 * The files in the bytes of `packRun`.
 *
 * @param who where they come from, for error messages
 * @throws {InklingError} when they are damaged
 */
export function readSnapshot(bytes: Uint8Array, who: string): Snapshot {
  const end = bytes.indexOf('\n'.charCodeAt(0));
  const line = new TextDecoder().decode(bytes.subarray(0, Math.max(end, 0)));
  const { epochs, files } = validate(headerSchema, checkRecord(parseRecord(line, who), who), who);
  let offset = end + 1;
  const contents = files.map(({ path, bytes: length, checksum }) => {
    const data = bytes.subarray(offset, offset + length);
    offset += length;
    if (data.length === length && checksumOf(data) === checksum) return { path, data };
    throw new InklingError(
      `${who}: ${path} is damaged: expected ${length} bytes with the checksum ${checksum}, got others; remove it, so that the trial starts again`,
    );
  });
  return { epochs, files: contents };
}

/** Writes the files of a run. If the process is killed meanwhile, the folder has no complete run. */
export function unpackRun({ files }: Snapshot, folder: string): void {
  makeFolder(join(folder, CHECKPOINTS));
  for (const { path, data } of files) writeFileAtomic(join(folder, path), data);
}

/**
 * Writes the files of a run atomically: if the process is killed, the folder is as before or complete. A run that is there
 * already is replaced.
 *
 * @param parent the folder of the sweep
 * @param run the name of the run's folder
 */
export function installRun(snapshot: Snapshot, parent: string, run: string): void {
  const temporary = claimTemporary(parent);
  try {
    unpackRun(snapshot, temporary.path);
    const { config } = readRun(temporary.path);
    const json = `${encodeRecord({ ...config, runDir: parent }, 2)}\n`;
    writeFileAtomic(join(temporary.path, CONFIG_FILE), json);
    discardFolder(join(parent, run));
    renameFolder(temporary.path, join(parent, run));
  } finally {
    temporary.release();
  }
}
