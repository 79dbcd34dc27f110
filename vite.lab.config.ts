import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { libraryPlugins } from './scripts/browserBundle.js';
import { compress } from './scripts/compress.js';
import { OFFLINE_PROGRAM, offlineProgram } from './scripts/offlineProgram.js';

const SERVICE_WORKER = 'serviceWorker';

/** Bundles the lab, a static site. Modules outside `src/lab` and `src/components` are taken from the build in `dist`. */
export default defineConfig({
  root: 'src/lab',
  base: './',
  build: {
    outDir: '../../dist/lab',
    emptyOutDir: true,
    target: 'es2022',
    license: { fileName: 'licenses.md' },
    // Its service worker is a page's script, and needs no code that a page would share with it.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input: {
        index: resolve('src/lab/index.html'),
        [SERVICE_WORKER]: resolve('src/lab/offline/serviceWorker.ts'),
      },
      output: {
        // The scope of a service worker is its own folder, and its name must not change.
        entryFileNames: ({ name }) => (name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [...libraryPlugins(), offlineProgram(), listFiles(), compress()],
  worker: { format: 'es', plugins: () => libraryPlugins() },
});

/** The program of saved pages, and the worker that trains on a GPU: most visitors never need them. */
function isForFew(name: string): boolean {
  return name === OFFLINE_PROGRAM || name.includes('gpuWorker');
}

/** Tells the service worker which files the lab consists of, and their version. */
function listFiles(): Plugin {
  return {
    name: 'list-files',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle[`${SERVICE_WORKER}.js`];
        if (worker?.type !== 'chunk') throw new Error('expected a service worker');
        const files = Object.values(bundle).filter(({ fileName }) => /\.(html|js|css|svg)$/.test(fileName));
        const hash = createHash('sha256');
        for (const file of files) hash.update(file.type === 'chunk' ? file.code : file.source);
        const names = files.map(({ fileName }) => fileName).filter((name) => name !== worker.fileName);
        worker.code = worker.code
          .replace('__FILES__', JSON.stringify(names.filter((name) => !isForFew(name))))
          .replace('__LATER_FILES__', JSON.stringify(names.filter(isForFew)))
          .replace('__VERSION__', JSON.stringify(hash.digest('hex').slice(0, 16)));
      },
    },
  };
}
