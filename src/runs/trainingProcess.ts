import { join } from 'node:path';
import { kindOf, readBytes, removeFile, writeFileAtomic } from '../platform/files.js';
import { isProcessRunning, processId, processStart } from '../platform/machine.js';

/** Contains the ID of the training process and its start while it is running. */
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
 * The ID of another process that is training the run. The file of a process that was killed is ignored, even if another process
 * has the same ID now.
 */
export function trainerOf(folder: string): number | undefined {
  const file = join(folder, PROCESS_FILE);
  if (kindOf(file) !== 'file') return undefined;
  const [id, start = ''] = new TextDecoder().decode(readBytes(file, MAX_PROCESS_FILE_BYTES)).split('\n');
  const number = Number(id);
  if (!Number.isInteger(number) || number <= 0 || number === processId()) return undefined;
  if (!isProcessRunning(number)) return undefined;
  const found = processStart(number);
  // If the start is unknown, the process may be the one that trains the run.
  return found === undefined || start === '' || found === start ? number : undefined;
}
