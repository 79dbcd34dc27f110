import { execFileSync } from 'node:child_process';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { VERSION } from '#inkling/core/version.js';
import { describeMachine } from '#inkling/platform/machine.js';
import type { Results } from './results.js';
import { ROOT } from './system.js';

/** The machine, the software versions and the commit of this benchmark run. */
export function describeEnvironment(): Pick<Results, 'machine' | 'versions' | 'commit'> {
  const { cpu, platform } = describeMachine();
  const { node, v8 } = process.versions;
  return {
    machine: {
      cpu,
      cores: availableParallelism(),
      memoryGigabytes: totalmem() / 2 ** 30,
      platform,
      loadBefore: loadavg()[0],
    },
    versions: { inkling: VERSION, node, v8 },
    commit: describeCommit(),
  };
}

/** `a14eb67`, or `a14eb67 with changes`. */
function describeCommit(): string {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();
  try {
    const commit = git('rev-parse', '--short', 'HEAD');
    return git('status', '--porcelain', '--untracked-files=no') === '' ? commit : `${commit} with changes`;
  } catch {
    return 'unknown';
  }
}
