import { defineConfig } from 'vite';

/** Bundles the page, of which all that is not in `src/web` is taken as it is built. */
export default defineConfig({
  root: 'src/web',
  base: './',
  build: { outDir: '../../dist/web', emptyOutDir: true, target: 'es2022' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
