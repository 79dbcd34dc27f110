import { dirname, join, relative, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { libraryPlugins } from './scripts/browserBundle.js';

const DIST = resolve('dist');
const OUTPUT = join(DIST, 'browser');

/**
 * Builds the library for browsers, with reports: one module for each of its own, so that a bundler drops what an application does not
 * use. Packages that it depends on are left to the application's bundler, and `dist/vendor` is used where it is.
 */
export default defineConfig({
  plugins: [keepVendored(), ...libraryPlugins()],
  build: {
    outDir: OUTPUT,
    target: 'es2022',
    minify: false,
    copyPublicDir: false,
    lib: { entry: { index: 'dist/index.js', 'report/index': 'dist/report/index.js' }, formats: ['es'] },
    rolldownOptions: {
      // The application's bundler divides modules into files.
      checks: { bundlerTimings: false, ineffectiveDynamicImport: false },
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

/** Modules move to another folder, from which the same file has another relative path. */
function keepVendored(): Plugin {
  return {
    name: 'keep-vendored',
    enforce: 'pre',
    resolveId(source, importer) {
      const file = /\/(vendor\/\w+\.js)$/.exec(source)?.[1];
      if (file === undefined || importer === undefined) return undefined;
      const folder = join(OUTPUT, relative(DIST, dirname(importer)));
      return { id: relative(folder, join(DIST, file)).replaceAll('\\', '/'), external: true };
    },
  };
}
