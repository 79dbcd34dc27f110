import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { build } from 'vite';

const PEERS = join(import.meta.dirname, '..');
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm' };
/** Modules that a page has its own version of. */
const REPLACED = { 'build/bench/serve.js': 'serve.js', './files.js': 'files.js' };
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Bundles a script of `bench/peers`, and serves it in a page with the job and the files of its fixture; returns the page's URL. */
export async function startSite(script, job) {
  const files = await bundle(script);
  files.set('/', '<!doctype html><meta charset="utf-8"><script type="module" src="/entry.js"></script>');
  files.set('/job.json', JSON.stringify(job));
  const server = createServer(({ url }, response) => {
    const content = url.startsWith('/fixture/')
      ? readFileSync(join(job.folder, url.slice('/fixture/'.length)))
      : files.get(url);
    const type = TYPES[extname(url)] ?? (url === '/' ? 'text/html' : 'application/octet-stream');
    response.writeHead(content === undefined ? 404 : 200, { ...ISOLATED, 'Content-Type': type });
    response.end(content);
  });
  await new Promise((started) => server.listen(0, '127.0.0.1', started));
  return `http://127.0.0.1:${server.address().port}/`;
}

/** The contents of the bundle's files by path; `/entry.js` is the script. */
async function bundle(script) {
  const { output } = await build({
    configFile: false,
    logLevel: 'error',
    root: PEERS,
    plugins: [{ name: 'page', enforce: 'pre', resolveId: replacementOf }],
    build: {
      write: false,
      target: 'esnext',
      // TensorFlow.js starts its workers from the source text of functions.
      minify: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { entry: join(PEERS, script) }, output: { entryFileNames: '[name].js' } },
    },
  });
  return new Map(
    output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
}

function replacementOf(source) {
  const replaced = Object.keys(REPLACED).find((end) => source.endsWith(end));
  return replaced === undefined ? undefined : join(PEERS, 'browser', REPLACED[replaced]);
}
