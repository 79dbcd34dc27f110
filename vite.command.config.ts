import { relative } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const OUTPUT = 'dist/bin';

/**
 * Bundles the command, which then starts in half the time: Node.js would look for 300 small files one by one. Workers, kernels
 * and packages that not every command needs are loaded from where they are.
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
    ssr: 'dist/cli/main.js',
    outDir: OUTPUT,
    target: 'node20',
    copyPublicDir: false,
    rolldownOptions: { output: { entryFileNames: 'inkling.js', chunkFileNames: '[name]-[hash].js' } },
  },
});

/** Lets a bundled module find the files beside the unbundled one. */
function keepAddresses(): Plugin {
  return {
    name: 'keep-addresses',
    transform(code, id) {
      if (!id.includes('/dist/') || !code.includes('import.meta.url')) return undefined;
      const address = JSON.stringify(relative(OUTPUT, id).replaceAll('\\', '/'));
      return code.replaceAll('import.meta.url', `new URL(${address}, import.meta.url).href`);
    },
  };
}
