/**
 * Measures how much a page downloads that predicts with a small CNN, for Inkling, also with training, and for its peers: JavaScript and WebAssembly,
 * bundled and minified by Vite, compressed by gzip. The weights of the digit detector, which are data, are counted separately from the
 * program. Saves the results in bench/results/size.json; fails if a page that only predicts has become too large. Requires a build of
 * Inkling, and that of the peers: npm run bench:peers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, version } from 'vite';

const MAX_COMPRESSION = 9;
/** The most that the program of a page that only predicts may take, gzipped. */
const MAX_PREDICTING_BYTES = 60_000;

/** The kernels for browsers without relaxed SIMD, which Chromium has. */
const KERNELS = 'simd';
/** The weights of what judges digits. */
const DETECTOR = 'detector';
/** What finds and judges digits, for models that classify something else. */
const DIGITS = `normalizeDigit|${DETECTOR}`;
/** What computes the outputs of layers and the saliency, and the kernels for gradients. */
const SALIENCY = 'inspector|wasmKernels';
/** The script of workers, and what trains where none can be started. */
const TRAINING = 'worker|trainAndScore';

/** Each page, and the names of its files that Chromium does not load. */
const pages = [
  {
    system: 'Inkling',
    manifest: 'package.json',
    page: 'bench/size/inkling.js',
    unused: `${KERNELS}|${DIGITS}|${SALIENCY}|${TRAINING}`,
  },
  {
    system: 'Inkling (any image)',
    manifest: 'package.json',
    page: 'bench/size/classifier.js',
    unused: `${KERNELS}|${DIGITS}|${SALIENCY}|${TRAINING}`,
  },
  {
    system: 'Inkling (any image, digits)',
    manifest: 'package.json',
    page: 'bench/size/classifier.js',
    unused: `${KERNELS}|${SALIENCY}|${TRAINING}`,
  },
  {
    system: 'Inkling (any image, and training)',
    manifest: 'package.json',
    page: 'bench/size/training.js',
    unused: `${KERNELS}|${DIGITS}|${SALIENCY}|trainAndScore`,
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
  const loaded = files.filter((file) => !isNamed(file, unused));
  const detector = loaded.filter((file) => isNamed(file, DETECTOR));
  const program = loaded.filter((file) => !detector.includes(file));
  systems.push({
    system,
    version: JSON.parse(readFileSync(manifest, 'utf8')).version,
    ...sizeOf(program),
    ...(detector.length > 0 && { detector: sizeOf(detector) }),
  });
}
const date = new Date().toISOString().slice(0, 10);
const record = { command: 'npm run bench:size', date, bundler: `Vite ${version}`, systems };
writeFileSync('bench/results/size.json', `${JSON.stringify(record, null, 1)}\n`);
console.table(systems.map(({ detector, ...rest }) => ({ ...rest, detectorBytes: detector?.gzippedBytes })));

const predicting = pages.flatMap(({ unused }, i) => (unused?.includes(TRAINING) ? systems[i] : []));
for (const { system, gzippedBytes } of predicting) {
  if (gzippedBytes <= MAX_PREDICTING_BYTES) continue;
  console.error(
    `${system}: expected at most ${MAX_PREDICTING_BYTES} bytes, got ${gzippedBytes}; see what it loads`,
  );
  process.exitCode = 1;
}

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

/** Whether a file is a chunk of one of the names, separated by `|`. */
function isNamed({ fileName }, names) {
  return names !== undefined && new RegExp(`[/_](${names})-[^/]+\\.js$`).test(fileName);
}

function sizeOf(files) {
  const contents = files.map(contentOf);
  return {
    minifiedBytes: sum(contents.map(({ length }) => length)),
    gzippedBytes: sum(contents.map((content) => gzipSync(content, { level: MAX_COMPRESSION }).length)),
  };
}

function contentOf(file) {
  return Buffer.from(file.type === 'chunk' ? file.code : file.source);
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
