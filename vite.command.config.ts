import { chmodSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const OUTPUT = 'dist/bin';
const ENTRIES = {
  inkling: 'dist/cli/inkling.js',
  engineWorker: 'dist/engine/worker.js',
  trialProcess: 'dist/sweep/queue/trialProcess.js',
  trainingProcess: 'dist/server/training/trainingProcess.js',
};

/**
 * Bundles the command, the engine's worker, and the processes that train, which halves their start-up time: otherwise Node.js resolves and loads 300 small
 * files. Other workers, the kernels, `dist/vendor`, and packages that only some commands need are loaded from their original locations.
 */
export default defineConfig({
  plugins: [keepVendored(), resolveUnbundledUrls(), makeExecutable()],
  ssr: {
    target: 'node',
    // Not installed here.
    external: ['webgpu'],
    noExternal: [
      '@foxglove/crc',
      'cli-progress',
      'commander',
      'env-paths',
      'fdir',
      'is-safe-filename',
      'picomatch',
      'tinyglobby',
      'zod',
    ],
  },
  build: {
    ssr: true,
    outDir: OUTPUT,
    target: 'node20',
    copyPublicDir: false,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input: ENTRIES,
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});

/** Loads `dist/vendor`, which is a bundle itself, from where it is. */
function keepVendored(): Plugin {
  return {
    name: 'keep-vendored',
    enforce: 'pre',
    resolveId(source) {
      const file = /\/vendor\/\w+\.js$/.exec(source)?.[0];
      return file === undefined ? undefined : { id: `..${file}`, external: 'relative' };
    },
  };
}

/**
 * Rewrites `import.meta.url` and URLs relative to it in bundled modules so that they still refer to the files next to the
 * unbundled module, or to the bundle if the file is an entry.
 */
function resolveUnbundledUrls(): Plugin {
  const bundles = new Map(Object.entries(ENTRIES).map(([name, file]) => [resolve(file), `./${name}.js`]));
  return {
    name: 'resolve-unbundled-urls',
    transform(code, id) {
      if (!id.includes('/dist/')) return undefined;
      const unbundled = `new URL(${JSON.stringify(relative(OUTPUT, id).replaceAll('\\', '/'))}, import.meta.url)`;
      return code.replaceAll(
        /new URL\('([^']+)', import\.meta\.url\)|import\.meta\.url/g,
        (_, path?: string) => {
          const bundle = path && bundles.get(resolve(dirname(id), path));
          if (bundle) return `new URL('${bundle}', import.meta.url)`;
          return path ? `new URL('${path}', ${unbundled})` : `${unbundled}.href`;
        },
      );
    },
  };
}

/** Sets the executable bit, which npm sets only when it installs the package; has no effect on Windows. */
function makeExecutable(): Plugin {
  return {
    name: 'make-executable',
    writeBundle: () => {
      chmodSync(resolve(OUTPUT, 'inkling.js'), 0o755);
    },
  };
}
