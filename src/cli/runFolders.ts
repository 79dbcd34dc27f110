import { join } from 'node:path';
import { kindOf } from '../platform/files.js';

/** The folder of a run: as it was named, or of that name among the runs. */
export function runFolderOf(name: string, runDir: string): string {
  return kindOf(name) === 'folder' ? name : join(runDir, name);
}
