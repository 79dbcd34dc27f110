import { defineConfig } from 'vite';

/** Bundles the page. Modules outside `src/web` are taken from the build in `dist`. */
export default defineConfig({
  root: 'src/web',
  base: './',
  build: { outDir: '../../dist/web', emptyOutDir: true, target: 'es2022' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
