import { join } from 'node:path';
import { kindOf, readBytes, removeFile, writeFileAtomic } from '../platform/files.js';
import { isProcessRunning, processId, processStart } from '../platform/machine.js';

/** Contains the ID of the training process and identifies its start, while it runs. */
export const PROCESS_FILE = 'training.pid';

const MAX_PROCESS_FILE_BYTES = 1024;

/** Records that this process is training the run in a folder. */
export function claimTraining(folder: string): void {
  const id = processId();
  writeFileAtomic(join(folder, PROCESS_FILE), `${id}\n${processStart(id) ?? ''}\n`);
}

export function releaseTraining(folder: string): void {
  removeFile(join(folder, PROCESS_FILE));
}

/**
 * The ID of another process that is training the run. A process that was killed leaves its file behind, which is ignored, also
 * if another program has its ID by now.
 */
export function trainerOf(folder: string): number | undefined {
  const file = join(folder, PROCESS_FILE);
  if (kindOf(file) !== 'file') return undefined;
  const [id, start = ''] = new TextDecoder().decode(readBytes(file, MAX_PROCESS_FILE_BYTES)).split('\n');
  const number = Number(id);
  if (!Number.isInteger(number) || number <= 0 || number === processId()) return undefined;
  if (!isProcessRunning(number)) return undefined;
  const found = processStart(number);
  // Where the system does not tell, the process may be the one.
  return found === undefined || start === '' || found === start ? number : undefined;
}
