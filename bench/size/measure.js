/**
 * Measures how much a page downloads that only predicts with a small CNN, for Inkling and its peers: JavaScript and WebAssembly,
 * bundled and minified by Vite, compressed by gzip. Saves the results in bench/results/size.json. Requires a build of Inkling, and
 * that of the peers: npm run bench:peers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, version } from 'vite';

const MAX_COMPRESSION = 9;

/**
 * What Chromium does not load: the kernels for browsers without relaxed SIMD, the weights of the digit detector, with which this model is
 * not calibrated, and the script of workers.
 */
const UNUSED = /(simd|weights|worker)-[^/]+\.js$/;

/** Each page, and which of its files Chromium does not load. */
const pages = [
  { system: 'Inkling', manifest: 'package.json', page: 'bench/size/inkling.js', unused: UNUSED },
  {
    system: 'Inkling (any image)',
    manifest: 'package.json',
    page: 'bench/size/classifier.js',
    unused: UNUSED,
  },
  {
    system: 'TensorFlow.js (layers, wasm)',
    manifest: 'bench/peers/node_modules/@tensorflow/tfjs-layers/package.json',
    page: 'bench/peers/size/tfjs.js',
  },
  {
    system: 'onnxruntime-web (wasm)',
    manifest: 'bench/peers/node_modules/onnxruntime-web/package.json',
    page: 'bench/peers/size/onnxruntime-web.js',
  },
  {
    system: 'transformers.js (wasm)',
    manifest: 'bench/peers/node_modules/@huggingface/transformers/package.json',
    page: 'bench/peers/size/transformers.js',
  },
];

const systems = [];
for (const { system, manifest, page, unused } of pages) {
  const files = await bundle(page);
  const loaded = files.filter(({ fileName }) => !unused?.test(fileName)).map(contentOf);
  systems.push({
    system,
    version: JSON.parse(readFileSync(manifest, 'utf8')).version,
    minifiedBytes: sum(loaded.map(({ length }) => length)),
    gzippedBytes: sum(loaded.map((content) => gzipSync(content, { level: MAX_COMPRESSION }).length)),
  });
}
const date = new Date().toISOString().slice(0, 10);
const record = { command: 'npm run bench:size', date, bundler: `Vite ${version}`, systems };
writeFileSync('bench/results/size.json', `${JSON.stringify(record, null, 1)}\n`);
console.table(systems);

async function bundle(page) {
  const { output } = await build({
    configFile: false,
    logLevel: 'error',
    root: 'bench',
    resolve: { alias: { inkling: resolve('dist/browser/index.js') } },
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: resolve(page) },
    },
  });
  return output;
}

function contentOf(file) {
  return Buffer.from(file.type === 'chunk' ? file.code : file.source);
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
