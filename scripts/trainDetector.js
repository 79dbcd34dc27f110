/**
 * Trains the digit detector on MNIST's training images, generated digits, and random shapes, and writes its weights to
 * src/predict/detector/weights.ts: node scripts/trainDetector.js
 *
 * Requires a build, and MNIST (see `INKLING_DATA_DIR`). Calibrate the bundled model afterwards: scripts/calibratePretrained.js.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { checksumOf } from '../dist/core/checksum.js';
import { pickImages } from '../dist/data/imageSet.js';
import { BATCH_NORM_EPSILON } from '../dist/layers/shared/batchNormPlan.js';
import { factorsOf, INPUTS, inputsOf, unitsAsBytes } from '../dist/predict/detector/inputs.js';
import { ORIENTATIONS, orientationsOf } from '../dist/predict/detector/orientations.js';
import { encodeWeights, MAX_WEIGHT } from '../dist/predict/detector/storedLayer.js';
import { trainAndScore } from '../dist/train/trainAndScore.js';
import { NONE, pixelsOf, readDigits, trainingSets } from './detector/trainingImages.js';

const FILE = 'src/predict/detector/weights.ts';
const FIRST = 160;
const SECOND = 48;
/** Orientations vary by at least this, for training. */
const MIN_DEVIATION = 0.02;
const SETTINGS = { epochs: 10, batchSize: 256, learningRate: 0.003, schedule: 'cosine', seed: 0, threads: 1 };
const MAX_BYTE = 255;

const digits = await readDigits();
const units = unitsAsBytes(inputUnits([...pixelsOf(digits)].map(orientationsOf)));
const factors = factorsOf(units);
const sets = trainingSets(digits);
const labels = Uint8Array.from(sets.flatMap((set) => [...set.labels]));
const images = new Uint8Array(labels.length * INPUTS);
let count = 0;
for (const set of sets)
  for (const pixels of pixelsOf(set)) images.set(inputsOf(pixels, factors), INPUTS * count++);

const model = {
  name: 'digit-detector',
  input: [1, 1, INPUTS],
  layers: [
    { type: 'flatten', name: 'flatten' },
    { type: 'linear', name: 'first', outFeatures: FIRST },
    { type: 'batchNorm1d', name: 'firstNorm' },
    { type: 'relu', name: 'firstRelu' },
    { type: 'linear', name: 'second', outFeatures: SECOND },
    { type: 'batchNorm1d', name: 'secondNorm' },
    { type: 'relu', name: 'secondRelu' },
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
  test: pickImages({ images, labels }, some, INPUTS),
};
const { best } = await trainAndScore({
  model,
  dataset,
  settings: SETTINGS,
  onEvent: (event) => event.type === 'epoch' && console.log(event.record),
});
// Training divides bytes by 255.
const first = quantized(normalized('first', 1 / MAX_BYTE));
const second = quantized(normalized('second', 1));
const output = quantized(layer('output'));
const unitsText = Buffer.from(units).toString('base64');
const version = checksumOf(Buffer.from(unitsText + first.weights + second.weights + output.weights));
writeFileSync(
  FILE,
  `// Written by scripts/trainDetector.js: do not edit.
import type { StoredLayer } from './storedLayer.js';

/** The checksum of the weights: a familiarity that was measured with others is not comparable. */
export const DETECTOR_VERSION = '${version}';

/** What orientations are divided by, as \`unitsAsBytes\` returns it, in Base64. */
export const UNITS = '${unitsText}';

export const FIRST: StoredLayer = ${JSON.stringify(first)};

export const SECOND: StoredLayer = ${JSON.stringify(second)};

export const OUTPUT: StoredLayer = ${JSON.stringify(output)};
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

/** A layer together with the normalization of its outputs and a factor of its inputs. */
function normalized(name, inputFactor) {
  const { rows, biases } = layer(name);
  const [gammas, betas, means, variances] = ['weight', 'bias', 'running_mean', 'running_var'].map((key) =>
    best.weights.get(`${name}Norm.${key}`),
  );
  const factors = Array.from(gammas, (gamma, i) => gamma / Math.sqrt(variances[i] + BATCH_NORM_EPSILON));
  return {
    rows: rows.map((row, i) => row.map((weight) => factors[i] * inputFactor * weight)),
    biases: biases.map((bias, i) => factors[i] * (bias - means[i]) + betas[i]),
  };
}

/** A layer with its weights as small whole numbers. */
function quantized({ rows, biases }) {
  const scales = rows.map((row) => Math.max(...row.map(Math.abs)) / MAX_WEIGHT);
  const whole = rows.flatMap((row, i) => [...row.map((value) => Math.round(value / scales[i]))]);
  return {
    weights: encodeWeights(Int8Array.from(whole)),
    scales: scales.map(rounded),
    biases: biases.map(rounded),
  };
}

function rounded(value) {
  return Number(value.toPrecision(5));
}

/** What each orientation is divided by, so that they all vary alike: a few standard deviations. */
function inputUnits(orientations) {
  return Float32Array.from({ length: ORIENTATIONS }, (_, k) => {
    const mean = orientations.reduce((sum, values) => sum + values[k], 0) / orientations.length;
    const variance =
      orientations.reduce((sum, values) => sum + (values[k] - mean) ** 2, 0) / orientations.length;
    return 4 * (Math.sqrt(variance) + MIN_DEVIATION);
  });
}
