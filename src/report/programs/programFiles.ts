import type { ReportRun } from '../reportRun.js';
import { INKLING_FILE, TORCH_FILE } from '../reportFiles.js';
import { hasProgram } from './differences.js';
import { inklingProgram } from './inklingProgram.js';
import { torchFile, torchProgram } from './torchProgram.js';

/** The programs that train the network of a run, by file name; none if the record does not contain all that they need. */
export function programFiles(run: ReportRun): ReadonlyMap<string, string> {
  if (!hasProgram(run)) return new Map();
  return new Map([
    [INKLING_FILE, inklingProgram(run)],
    [TORCH_FILE, torchFile(torchProgram(run))],
  ]);
}
