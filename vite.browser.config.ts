import { defineConfig } from 'vite';
import { libraryPlugins } from './scripts/browserBundle.js';

/**
 * Builds the library for browsers: one module for each of its own, so that a bundler drops what an application does not use.
 * Packages that it depends on are left to the application's bundler.
 */
export default defineConfig({
  plugins: libraryPlugins(),
  build: {
    outDir: 'dist/browser',
    target: 'es2022',
    minify: false,
    copyPublicDir: false,
    lib: { entry: 'dist/index.js', formats: ['es'] },
    rolldownOptions: {
      checks: { bundlerTimings: false },
      external: (id) => !/^[./\0]|^(inkling:|zod\/)/.test(id) && !id.includes(':'),
      output: {
        preserveModules: true,
        preserveModulesRoot: 'dist',
        entryFileNames: ({ name }) => `${name.replace('.browser', '')}.js`,
        chunkFileNames: '[name].js',
      },
    },
  },
});
