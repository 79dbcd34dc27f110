/**
 * Trains the digit detector on MNIST's training images, generated digits, and random shapes, and writes its weights to
 * src/predict/detector/weights.ts: node scripts/trainDetector.js
 *
 * Requires a build, and MNIST (see `INKLING_DATA_DIR`). Calibrate the bundled model afterwards: scripts/calibratePretrained.js.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { encodeInt8 } from '../dist/core/base64.js';
import { checksumOf } from '../dist/core/checksum.js';
import { toUnitFloats } from '../dist/core/pixels.js';
import { Random } from '../dist/core/random.js';
import { generateDigits } from '../dist/data/digits/generateDigits.js';
import { pickImages } from '../dist/data/imageSet.js';
import { loadDataset } from '../dist/data/load.js';
import { splitOf } from '../dist/data/split.js';
import { BATCH_NORM_EPSILON } from '../dist/layers/shared/batchNormPlan.js';
import { ORIENTATIONS, orientationsOf } from '../dist/predict/detector/orientations.js';
import { trainAndScore } from '../dist/train/trainAndScore.js';
import { drawPrintedDigit } from './detector/printed.js';
import { drawShape } from './detector/shapes.js';

const FILE = 'src/predict/detector/weights.ts';
/** The split of the bundled pretrained model, whose validation images remain unseen. */
const SPLIT_SEED = 42;
const WRITTEN = 10_000;
const PRINTED = 10_000;
const SHAPES = 90_000;
const TURNED = 6000;
const HIDDEN = 96;
const NONE = 10;
/** Digits that are no digit when turned by a quarter or mirrored at a diagonal. */
const TURNABLE = new Set([2, 3, 4, 5, 6, 7, 9]);
const SIDE = 28;
const PIXELS = SIDE * SIDE;
const MAX_BYTE = 255;
/** Orientations vary by at least this, for training. */
const MIN_DEVIATION = 0.02;
const SETTINGS = { epochs: 12, batchSize: 128, learningRate: 0.003, schedule: 'cosine', seed: 0 };
const MAX_INT8 = 127;

const mnist = await loadDataset({ name: 'mnist', environment: process.env });
const train = pickImages(mnist.train, splitOf(mnist, SPLIT_SEED).train, PIXELS);
const turnable = [...train.labels.keys()].filter((i) => TURNABLE.has(train.labels[i]));
const written = generateDigits({ seed: 5, train: WRITTEN, test: 1 }).train;
const printed = draw(PRINTED, 12, (random, image, i) => drawPrintedDigit(i % 10, random, image));
const shapes = draw(SHAPES, 11, drawShape);
const turned = draw(TURNED, 13, turnDigit);
const sets = [
  train,
  written,
  { images: printed, labels: Uint8Array.from({ length: PRINTED }, (_, i) => i % 10) },
  { images: shapes, labels: new Uint8Array(SHAPES).fill(NONE) },
  { images: turned, labels: new Uint8Array(TURNED).fill(NONE) },
];
const labels = Uint8Array.from(sets.flatMap((set) => [...set.labels]));
const orientations = sets.flatMap((set) =>
  [...set.labels.keys()].map((i) =>
    orientationsOf(toUnitFloats(set.images.subarray(i * PIXELS, (i + 1) * PIXELS))),
  ),
);
const units = inputUnits(orientations.filter((_, i) => labels[i] !== NONE));
const images = new Uint8Array(labels.length * ORIENTATIONS);
orientations.forEach((values, i) => {
  const bytes = values.map((value, k) => Math.min(MAX_BYTE, Math.round((MAX_BYTE * value) / units[k])));
  images.set(bytes, i * ORIENTATIONS);
});

const model = {
  name: 'digit-detector',
  input: [7, 7, ORIENTATIONS / 49],
  // As a convolution of the whole input, the hidden layer can have batch normalization, which converges to a better detector.
  layers: [
    { type: 'conv2d', name: 'hidden', outChannels: HIDDEN, kernel: 7 },
    { type: 'batchNorm2d', name: 'norm' },
    { type: 'relu', name: 'relu' },
    { type: 'flatten', name: 'flatten' },
    { type: 'linear', name: 'output', outFeatures: NONE + 1 },
  ],
};
const some = Uint32Array.from({ length: 1000 }, (_, i) => Math.floor((i * labels.length) / 1000));
const dataset = {
  name: 'digits and shapes',
  source: { kind: 'generated', location: 'MNIST and random shapes', verified: false, sha256: {} },
  shape: model.input,
  classes: [...'0123456789', 'none'],
  train: { images, labels },
  test: pickImages({ images, labels }, some, ORIENTATIONS),
};
const { best } = await trainAndScore({ model, dataset, settings: SETTINGS });
const hidden = quantized(hiddenLayer());
const output = quantized(layer('output'));
const version = checksumOf(Buffer.from(hidden.weights + output.weights));
writeFileSync(
  FILE,
  `// Written by scripts/trainDetector.js: do not edit.

/** The checksum of the weights: a familiarity that was measured with others is not comparable. */
export const DETECTOR_VERSION = '${version}';

/** A fully connected layer. */
export interface LayerWeights {
  /** \`[outputs, inputs]\`, signed bytes in Base64 */
  readonly weights: string;
  /** What the bytes of each output are multiplied by. */
  readonly scales: readonly number[];
  readonly biases: readonly number[];
}

export const HIDDEN: LayerWeights = ${JSON.stringify(hidden)};

export const OUTPUT: LayerWeights = ${JSON.stringify(output)};
`,
);
execFileSync('npx', ['prettier', '--write', FILE]);
console.log(`wrote ${FILE}`);

/** A layer's weights, one row per output, and its biases. */
function layer(name) {
  const weights = best.weights.get(`${name}.weight`);
  const biases = best.weights.get(`${name}.bias`);
  const inputs = weights.length / biases.length;
  const weight = (output, input) => weights[input * biases.length + output];
  const rows = Array.from(biases, (_, output) =>
    Float32Array.from({ length: inputs }, (_, input) => weight(output, input)),
  );
  return { rows, biases: [...biases] };
}

/** The hidden layer with its normalization, and without the units of its inputs. */
function hiddenLayer() {
  const { rows, biases } = layer('hidden');
  const [gammas, betas, means, variances] = ['weight', 'bias', 'running_mean', 'running_var'].map((name) =>
    best.weights.get(`norm.${name}`),
  );
  const factors = Array.from(gammas, (gamma, i) => gamma / Math.sqrt(variances[i] + BATCH_NORM_EPSILON));
  return {
    rows: rows.map((row, i) => row.map((weight, input) => (factors[i] * weight) / units[input])),
    biases: biases.map((bias, i) => factors[i] * (bias - means[i]) + betas[i]),
  };
}

/** A layer with its weights as bytes. */
function quantized({ rows, biases }) {
  const scales = rows.map((row) => Math.max(...row.map(Math.abs)) / MAX_INT8);
  const bytes = rows.flatMap((row, i) => [...row.map((value) => Math.round(value / scales[i]))]);
  return {
    weights: encodeInt8(Int8Array.from(bytes)),
    scales: scales.map(rounded),
    biases: biases.map(rounded),
  };
}

function rounded(value) {
  return Number(value.toPrecision(5));
}

/** Draws images, `[count, 28, 28]`. */
function draw(count, seed, drawImage) {
  const random = new Random(seed);
  const all = new Uint8Array(count * PIXELS);
  for (let i = 0; i < count; i++) drawImage(random, all.subarray(i * PIXELS, (i + 1) * PIXELS), i);
  return all;
}

/** Copies a training image of a digit, turned by a quarter or mirrored at a diagonal. */
function turnDigit(random, image) {
  const i = turnable[Math.floor(random.uniform(0, turnable.length))];
  const [flipX, flipY] = [random.uniform(0, 1) < 0.5, random.uniform(0, 1) < 0.5];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const [row, column] = [flipX ? SIDE - 1 - x : x, flipY ? SIDE - 1 - y : y];
      image[y * SIDE + x] = train.images[i * PIXELS + row * SIDE + column];
    }
  }
}

/** What each orientation is divided by for training, so that they all vary alike: a few standard deviations. */
function inputUnits(digits) {
  return Float32Array.from({ length: ORIENTATIONS }, (_, k) => {
    const mean = digits.reduce((sum, values) => sum + values[k], 0) / digits.length;
    const variance = digits.reduce((sum, values) => sum + (values[k] - mean) ** 2, 0) / digits.length;
    return 4 * (Math.sqrt(variance) + MIN_DEVIATION);
  });
}
