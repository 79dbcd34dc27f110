/**
 * Measures how much a page downloads that predicts with a small CNN, for Inkling, also with training, and for its peers: JavaScript and WebAssembly,
 * bundled and minified by Vite, compressed by gzip. Saves the results in bench/results/size.json. Requires a build of Inkling, and
 * that of the peers: npm run bench:peers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, version } from 'vite';

const MAX_COMPRESSION = 9;

/** The kernels for browsers without relaxed SIMD, which Chromium has. */
const KERNELS = 'simd';
/** What finds and judges digits, for models that classify something else, and what computes the saliency. */
const DIGITS = 'normalizeDigit|weights|occlusion';
/** The script of workers, and what trains where none can be started. */
const TRAINING = 'worker|trainAndScore';

/** Each page, and the names of its files that Chromium does not load. */
const pages = [
  {
    system: 'Inkling',
    manifest: 'package.json',
    page: 'bench/size/inkling.js',
    unused: `${KERNELS}|${DIGITS}|${TRAINING}`,
  },
  {
    system: 'Inkling (any image)',
    manifest: 'package.json',
    page: 'bench/size/classifier.js',
    unused: `${KERNELS}|${DIGITS}|${TRAINING}`,
  },
  {
    system: 'Inkling (any image, digits)',
    manifest: 'package.json',
    page: 'bench/size/classifier.js',
    unused: `${KERNELS}|occlusion|${TRAINING}`,
  },
  {
    system: 'Inkling (any image, and training)',
    manifest: 'package.json',
    page: 'bench/size/training.js',
    unused: `${KERNELS}|${DIGITS}|trainAndScore`,
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
  const isUnused = ({ fileName }) =>
    unused !== undefined && new RegExp(`[/_](${unused})-[^/]+\\.js$`).test(fileName);
  const loaded = files.filter((file) => !isUnused(file)).map(contentOf);
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
