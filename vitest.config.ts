import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // See vitest.bundlers.config.ts.
    exclude: [...configDefaults.exclude, 'test/bundlers/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
