import { defineConfig } from 'vitest/config';

/** Builds and runs applications with other bundlers, which are installed from the package registry. */
export default defineConfig({
  test: {
    include: ['test/bundlers/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // They mostly wait for the package registry.
    maxWorkers: 2,
  },
});
