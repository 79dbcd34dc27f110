import { existsSync, readdirSync, statfsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { isMocking } from './test/helpers/unitTests.js';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
/** A file system in memory. Tests write many small files, which the disk would take most of their time to sync. */
const MEMORY = '/dev/shm';
/** More than the files of all tests that run at the same time; containers have less by default. */
const MEMORY_BYTES = 2 ** 32;

function hasMemory(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= MEMORY_BYTES;
}

const tests = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .map((name) => `test/${name.split(sep).join('/')}`)
  // See vitest.bundlers.config.ts.
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith('test/bundlers/'));

export default defineConfig({
  test: {
    // By default, one core is left alone.
    maxWorkers: '100%',
    env: hasMemory() ? { TMPDIR: MEMORY } : {},
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: tests.filter((name) => !isMocking(join(ROOT, name))),
          // Node.js loads what was built in a fraction of the time that Vite takes to transform it.
          server: { deps: { external: [/^(?!.*\/node_modules\/).*\/dist\//] } },
        },
      },
      {
        extends: true,
        test: { name: 'mocks', include: tests.filter((name) => isMocking(join(ROOT, name))) },
      },
    ],
  },
});
