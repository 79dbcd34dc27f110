import { defineConfig } from 'vite';
import { libraryPlugins } from './scripts/browserBundle.js';

/** Builds the library for pages without a bundler: one module with everything that it needs, besides what it loads later. */
export default defineConfig({
  plugins: libraryPlugins(),
  build: {
    outDir: 'dist/standalone',
    license: { fileName: 'licenses.md' },
    target: 'es2022',
    minify: true,
    copyPublicDir: false,
    lib: { entry: { inkling: 'dist/index.js' }, formats: ['es'] },
    rolldownOptions: {
      checks: { bundlerTimings: false, ineffectiveDynamicImport: false },
      output: { chunkFileNames: '[name].js' },
    },
  },
});
