import { readBuiltText } from '../../platform/packages.js';

/** The program of the pages that the lab saves, which the build writes; see `scripts/offlineProgram.ts`. */
const PROGRAM = 'lab/offlineProgram.js';

/** The script that classifies with a network that is in its page; undefined where the lab was not built. */
export function readClassifier(): Promise<string | undefined> {
  return readBuiltText(PROGRAM);
}
