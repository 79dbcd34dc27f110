/**
 * Measures how much a page downloads that predicts with a small CNN, for Inkling, also with training, and for its peers: JavaScript and WebAssembly,
 * bundled and minified by Vite, compressed by gzip. The weights of the digit detector, which are data, are counted separately from the
 * program. Saves the results in bench/results/size.json; fails if a page has become too large. Requires a build of
 * Inkling, and that of the peers: npm run bench:peers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, version } from 'vite';

const MAX_COMPRESSION = 9;
/** The most that the program of a page that only predicts may take, gzipped; also with what finds and judges digits. */
const MAX_PREDICTING_BYTES = 60_000;
const MAX_DIGITS_BYTES = 70_500;
/** The most that training a CNN may add to it. */
const MAX_TRAINING_BYTES = 41_400;

/** The kernels for browsers without relaxed SIMD, which Chromium has. */
const KERNELS = 'simd';
/** The weights of what judges digits. */
const DETECTOR = 'detector';
/** What finds and judges digits, for models that classify something else. */
const DIGITS = `normalizeDigit|digitDetector|${DETECTOR}`;
/** What resizes photos, and what describes files that are not images or models. */
const OTHER_INPUTS = 'resizePhoto|fileType|foreignFile';
/** What computes the outputs of layers and the saliency, and the kernels for gradients. */
const SALIENCY = 'inspector|wasmKernels';
/** What starts threads, where a page may have several. */
const THREADS = 'team';
/** The script of workers, and what trains where none can be started. */
const TRAINING = 'worker|trainAndScore';

/** What trains on a GPU. */
const GPU = 'gpuWorker';

/** What none of the pages needs. */
const UNUSED = `${KERNELS}|${OTHER_INPUTS}|${SALIENCY}|${THREADS}|${GPU}`;

/**
 * Each page, the names of its files that Chromium does not load, and the most bytes that it may take, in all or beyond those of
 * another page.
 */
const pages = [
  {
    system: 'Inkling',
    manifest: 'package.json',
    page: 'bench/size/inkling.js',
    unused: `${UNUSED}|${DIGITS}|${TRAINING}`,
    most: MAX_PREDICTING_BYTES,
  },
  {
    system: 'Inkling (any image)',
    manifest: 'package.json',
    page: 'bench/size/classifier.js',
    unused: `${UNUSED}|${DIGITS}|${TRAINING}`,
    most: MAX_PREDICTING_BYTES,
  },
  {
    system: 'Inkling (any image, digits)',
    manifest: 'package.json',
    page: 'bench/size/classifier.js',
    unused: `${UNUSED}|${TRAINING}`,
    most: MAX_DIGITS_BYTES,
  },
  {
    system: 'Inkling (any image, and training)',
    manifest: 'package.json',
    page: 'bench/size/training.js',
    unused: `${UNUSED}|${DIGITS}|trainAndScore`,
    most: MAX_TRAINING_BYTES,
    beyond: 'Inkling (any image)',
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

for (const { system, most, beyond } of pages) {
  if (most === undefined) continue;
  const bytes = bytesOf(system) - (beyond === undefined ? 0 : bytesOf(beyond));
  if (bytes <= most) continue;
  const what = beyond === undefined ? system : `${system}, beyond ${beyond}`;
  console.error(`${what}: expected at most ${most} bytes, got ${bytes}; see what it loads`);
  process.exitCode = 1;
}

function bytesOf(system) {
  return systems.find((each) => each.system === system).gzippedBytes;
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
