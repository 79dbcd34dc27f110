import { readFileSync } from 'node:fs';
import { build, type Plugin } from 'vite';
import { libraryPlugins } from './browserBundle.js';

const ENTRY = 'src/lab/try/export/offline/main.tsx';
const LICENSES = 'licenses.md';

/** The file that the lab loads when somebody saves a page that classifies offline: see `src/lab/try/export/offlinePage.ts`. */
export const OFFLINE_PROGRAM = 'offlineProgram.js';

/** Adds the program of that page to the lab, as one script. */
export function offlineProgram(): Plugin {
  return {
    name: 'offline-program',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: OFFLINE_PROGRAM, source: await bundleProgram() });
    },
  };
}

async function bundleProgram(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: libraryPlugins(),
    build: {
      write: false,
      target: 'es2022',
      copyPublicDir: false,
      minify: true,
      license: { fileName: LICENSES },
      lib: { entry: ENTRY, formats: ['iife'], name: 'inklingOffline' },
      rolldownOptions: { checks: { bundlerTimings: false }, output: { codeSplitting: false } },
    },
  });
  const [bundle] = [result].flat();
  if (!('output' in bundle)) throw new Error('expected a bundle of the offline page');
  const [script, ...others] = bundle.output;
  // Whoever passes the file on passes on the licenses of what it contains.
  const licenses = others.find(({ fileName }) => fileName === LICENSES);
  if (licenses?.type !== 'asset') throw new Error('expected the licenses of the offline page');
  const notice = [readFileSync('LICENSE', 'utf8'), Buffer.from(licenses.source).toString()].join('\n');
  return `/*!\n${notice.replaceAll('*/', '* /')}\n*/\n${script.code}`;
}
