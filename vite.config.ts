import { defineConfig } from 'vite';
import { browserPlugins } from './scripts/browserBundle.js';
import { compress } from './scripts/compress.js';

/** Bundles the page. Modules outside `src/web` and `src/components` are taken from the build in `dist`. */
export default defineConfig({
  root: 'src/web',
  base: './',
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    license: { fileName: 'licenses.md' },
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // The page shows runs with settings that trainings in a page do not have.
  plugins: [...browserPlugins({ keeps: ['train/settings/partSettings.js'] }), compress()],
});
