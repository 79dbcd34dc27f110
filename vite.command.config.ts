import { dirname, relative, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const OUTPUT = 'dist/bin';
const ENTRIES = { inkling: 'dist/cli/main.js', engineWorker: 'dist/engine/worker.js' };

/**
 * Bundles the command and the engine's workers, which then start in half the time: Node.js would look for 300 small files one by
 * one. Other workers, kernels and packages that not every command needs are loaded from where they are.
 */
export default defineConfig({
  plugins: [keepAddresses()],
  ssr: {
    target: 'node',
    noExternal: [
      'cli-progress',
      'commander',
      'env-paths',
      'fastest-levenshtein',
      'fflate',
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
      input: ENTRIES,
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});

/** Lets a bundled module find the files beside the unbundled one, and an entry where its bundle is. */
function keepAddresses(): Plugin {
  const bundles = new Map(Object.entries(ENTRIES).map(([name, file]) => [resolve(file), `./${name}.js`]));
  return {
    name: 'keep-addresses',
    transform(code, id) {
      if (!id.includes('/dist/')) return undefined;
      const unbundled = `new URL(${JSON.stringify(relative(OUTPUT, id).replaceAll('\\', '/'))}, import.meta.url)`;
      return code.replaceAll(
        /new URL\('([^']+)', import\.meta\.url\)|import\.meta\.url/g,
        (_, address?: string) => {
          const bundle = address && bundles.get(resolve(dirname(id), address));
          if (bundle) return `new URL('${bundle}', import.meta.url)`;
          return address ? `new URL('${address}', ${unbundled})` : `${unbundled}.href`;
        },
      );
    },
  };
}
