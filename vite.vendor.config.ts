import { defineConfig, type EnvironmentOptions } from 'vite';

/**
 * Bundles each module of `src/vendor` with the packages that it exports from, and replaces the module's compiled form, so that those
 * packages, and the many that they need, are not installed with Inkling. Charts are drawn in Node.js and in browsers.
 */
export default defineConfig({
  environments: {
    server: vendored('server', { consumer: 'server', resolve: { noExternal: true } }),
    charts: vendored('charts', { consumer: 'client' }),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['server', 'charts']) await builder.build(builder.environments[name]);
    },
  },
});

function vendored(name: string, options: EnvironmentOptions): EnvironmentOptions {
  return {
    ...options,
    build: {
      outDir: 'dist/vendor',
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20',
      minify: true,
      license: { fileName: `${name}.licenses.md` },
      rolldownOptions: { output: { keepNames: true, minify: true } },
      lib: { entry: `src/vendor/${name}.ts`, formats: ['es'], fileName: name },
    },
  };
}
