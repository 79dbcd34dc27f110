import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { findUnitTests, isMocking } from './test/helpers/unitTests.js';

const root = fileURLToPath(new URL('.', import.meta.url));

// Tests that need real data skip themselves without it.
delete process.env.INKLING_DATA_DIR;
delete process.env.INKLING_GOLDEN_DIR;

/** Runs the tests that need neither a build nor data against the sources. */
export default defineConfig({
  resolve: { alias: [{ find: /^#inkling\/(.*)\.js$/, replacement: `${root}src/$1` }] },
  test: {
    testTimeout: 30_000,
    projects: [
      // Reloading the modules for each file would take as long as all of these tests.
      { extends: true, test: { name: 'unit', include: unitTests({ mocking: false }), isolate: false } },
      { extends: true, test: { name: 'mocks', include: unitTests({ mocking: true }) } },
    ],
  },
});

/** Unit tests that mock modules, which requires isolated modules, or those that do not. */
function unitTests({ mocking }: { mocking: boolean }): string[] {
  return findUnitTests(root).filter((file) => isMocking(file) === mocking);
}
