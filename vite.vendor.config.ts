import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defineConfig, type EnvironmentOptions } from 'vite';

const OUTPUT = 'dist/vendor';
/** Files that `readPackageFile` reads, and the licenses of those that belong to no bundle. */
const COPIES = [
  '@expo-google-fonts/lato/400Regular/Lato_400Regular.ttf',
  '@expo-google-fonts/lato/700Bold/Lato_700Bold.ttf',
  '@expo-google-fonts/lato/LICENSE_FONT',
  '@jsquash/avif/codec/dec/avif_dec.wasm',
  '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
  '@jsquash/webp/codec/dec/webp_dec.wasm',
];
const NODE: EnvironmentOptions = { consumer: 'server', resolve: { noExternal: true } };

const { resolve } = createRequire(import.meta.url);

/**
 * Bundles each module of `src/vendor` with the packages that it exports from, replaces the module's compiled form, and copies files of
 * packages, so that those packages, and the many that they need, are not installed with Inkling. Charts are drawn in Node.js and in
 * browsers.
 */
export default defineConfig({
  environments: {
    server: vendored('server', NODE),
    codecs: vendored('codecs', NODE),
    proxy: vendored('proxy', NODE),
    markdown: vendored('markdown', NODE),
    charts: vendored('charts', { consumer: 'client' }),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['server', 'codecs', 'proxy', 'markdown', 'charts'])
        await builder.build(builder.environments[name]);
      for (const file of COPIES) cpSync(resolve(file), join(OUTPUT, file));
    },
  },
});

function vendored(name: string, options: EnvironmentOptions): EnvironmentOptions {
  return {
    ...options,
    build: {
      outDir: OUTPUT,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20',
      minify: true,
      license: { fileName: `${name}.licenses.md` },
      // Errors and plugins are recognized by the names of their functions.
      rolldownOptions: { checks: { bundlerTimings: false }, output: { keepNames: true, minify: true } },
      lib: { entry: `src/vendor/${name}.ts`, formats: ['es'], fileName: name },
    },
  };
}
