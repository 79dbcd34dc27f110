/** What bundles for browsers need; used by the configurations of Vite. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { deflateSync } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { dropDocumentation } from './dropDocumentation.js';

/** The scripts of workers, and the modules of each that are not replaced. */
const WORKERS: Readonly<Record<string, { readonly entry: string; readonly keeps?: readonly string[] }>> = {
  worker: { entry: 'dist/library/browserWorker.js' },
  gpuWorker: { entry: 'dist/library/gpuWorker.js', keeps: ['train/device/startSession.js'] },
};

/** Modules whose names begin with this are made by `embedFiles`; see src/platform/bundled.d.ts. */
const PREFIX = 'inkling:';

/** What a page loads only when it needs it, and then sends to its worker. */
const EMBEDDED = /\bimport\('inkling:[^']+'\)/g;

/** What a page loads later. */
const LATER = /\bimport\(('\.[^']+')\)/g;

/** The modules of Zod that the library uses, and what replaces them. */
const ZOD = /^zod\/(mini|v4\/core|v4\/locales\/en\.js)$/;
const ZOD_FOR_BROWSERS = 'dist/core/zod/index.browser.js';
/** The page validates what a worker receives. */
const ZOD_FOR_WORKERS = 'dist/core/zod/index.worker.js';

interface BundleOptions {
  /** Whether the bundle is the worker script itself. */
  readonly isWorker?: boolean;
  /** Modules in `dist` that are not replaced. */
  readonly keeps?: readonly string[];
}

/** Replaces every module `NAME.js` for which there is a `NAME.browser.js` or, in the worker script, a `NAME.worker.js`. */
function useBrowserVersions({ isWorker = false, keeps = [] }: BundleOptions): Plugin {
  const kept = keeps.map((file) => resolve('dist', file));
  const kinds = isWorker ? ['worker', 'browser'] : ['browser'];
  return {
    name: 'use-browser-versions',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || !/^(\.{1,2}|#inkling)\/.*\.js$/.test(source)) return undefined;
      const file = source.startsWith('#')
        ? resolve(source.replace('#inkling', 'dist'))
        : resolve(dirname(importer), source);
      if (kept.includes(file)) return undefined;
      const versions = kinds.map((kind) => file.replace(/\.js$/, `.${kind}.js`));
      return versions.find((version) => existsSync(version) && version !== importer);
    },
  };
}

/** Embeds the kernels, the digit detector, and the worker scripts, so that no bundler needs to find a file. */
function embedFiles(): Plugin {
  return {
    name: 'embed-files',
    enforce: 'pre',
    resolveId: (source) => (source.startsWith(PREFIX) ? `\0${source}.js` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const name = id.slice(PREFIX.length + 1, -3);
      return { code: `export default ${JSON.stringify(await embedded(name))};`, moduleSideEffects: false };
    },
  };
}

/** A worker receives the compiled kernels and the detector's weights from the page, and knows its own script. */
function dropEmbedded(): Plugin {
  return {
    name: 'drop-embedded',
    enforce: 'pre',
    transform: (code) => code.replace(EMBEDDED, 'Promise.resolve({})'),
  };
}

/** The worker script is one file, which contains everything: modules that could be loaded later would only have to be wrapped in functions. */
function importAtStart(): Plugin {
  return {
    name: 'import-at-start',
    enforce: 'pre',
    transform(code) {
      const statements: string[] = [];
      const changed = code.replace(LATER, (_, file: string) => {
        const name = `importedAtStart${statements.length}`;
        statements.push(`import * as ${name} from ${file};`);
        return `Promise.resolve(${name})`;
      });
      return statements.length === 0 ? undefined : `${statements.join('\n')}\n${changed}`;
    },
  };
}

function replaceZod({ isWorker = false }: BundleOptions): Plugin {
  const replacement = isWorker ? ZOD_FOR_WORKERS : ZOD_FOR_BROWSERS;
  return {
    name: 'replace-zod',
    enforce: 'pre',
    resolveId: (source) => (ZOD.test(source) ? resolve(replacement) : undefined),
  };
}

async function embedded(name: string): Promise<string> {
  if (name in WORKERS) return bundleWorker(name);
  if (name === 'detector') {
    const { formatDetector } = await import('#inkling/predict/detector/detectorText.js');
    const { detectorWeights } = await import('#inkling/predict/detector/detector.js');
    // Not compressed: a server does that, and runtimes such as Cloudflare Workers cannot decompress before the first request.
    return formatDetector(detectorWeights());
  }
  return compressed(readFileSync(`dist/kernels/wasm/${name.replace('kernels/', '')}.wasm`));
}

function compressed(bytes: Uint8Array): string {
  return deflateSync(bytes, { level: 9 }).toString('base64');
}

const bundles: Record<string, Promise<string>> = {};

/** A worker script, as one classic script. */
function bundleWorker(name: string): Promise<string> {
  const { entry, keeps = [] } = WORKERS[name];
  bundles[name] ??= build({
    configFile: false,
    logLevel: 'warn',
    plugins: libraryPlugins({ isWorker: true, keeps }),
    build: {
      write: false,
      target: 'es2022',
      copyPublicDir: false,
      minify: true,
      lib: { entry, formats: ['iife'], name: 'inklingWorker' },
      rolldownOptions: { checks: { bundlerTimings: false }, output: { codeSplitting: false } },
    },
  }).then((result) => {
    const [bundle] = [result].flat();
    if (!('output' in bundle)) throw new Error(`expected a bundle of ${entry}`);
    return bundle.output[0].code;
  });
  return bundles[name];
}

/** For the page, which validates with Zod what the server sends. */
export function browserPlugins(options: BundleOptions = {}): Plugin[] {
  const others = options.isWorker === true ? [dropEmbedded(), importAtStart()] : [embedFiles()];
  return [useBrowserVersions(options), ...others];
}

/** For the library. */
export function libraryPlugins(options: BundleOptions = {}): Plugin[] {
  return [...browserPlugins(options), replaceZod(options), dropDocumentation()];
}
