/**
 * Measures how well images that show no digit are told from MNIST's test digits, and writes bench/results/doubt.json:
 * npm run bench:doubt -- RUN…
 *
 * Without runs, the bundled pretrained model is measured. Each run must be a report-cnn trained on MNIST.
 */
import { writeFileSync } from 'node:fs';
import { loadDataset } from '#inkling/data/load.js';
import { pickImages } from '#inkling/data/imageSet.js';
import { splitOf } from '#inkling/data/split.js';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { layersToObserve } from '#inkling/predict/calibration.js';
import { detectDigit } from '#inkling/predict/detector/detector.js';
import { nonDigitMargin } from '#inkling/predict/detector/logits.js';
import { familiarityOf } from '#inkling/predict/familiarity.js';
import { type Features, featuresOf } from '#inkling/predict/features.js';
import { predictionsOf } from '#inkling/predict/predictions.js';
import { distanceFrom } from '#inkling/predict/prototypes.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { argmax, logSumExp, softmax } from '#inkling/predict/softmax.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { pixelsOf } from '#inkling/data/imageSet.js';
import { sizeOf } from '#inkling/core/shape.js';
import { auroc } from './auroc.js';
import { fitMahalanobis } from './mahalanobis.js';
import { outsiders } from './outsiders.js';

const SEEDS = [1, 2, 3];
const SPLIT_SEED = 42;
const FITTED_IMAGES = 10_000;
const FILE = 'bench/results/doubt.json';

const dataset = await loadDataset({ name: 'mnist', environment: process.env });
const digits = pixelsOf(dataset.test.images, sizeOf(dataset.shape), 0, dataset.test.labels.length);
const runs = process.argv.slice(2);
const rows: object[] = [];
for (const run of runs.length === 0 ? [PRETRAINED_RUN] : [PRETRAINED_RUN, ...runs])
  rows.push(...(await measure(run)));
writeFileSync(FILE, `${JSON.stringify({ models: runs.length + 1, seeds: SEEDS.length, rows }, null, 1)}\n`);
console.log(`wrote ${FILE}`);

/** The scores of images: higher is more familiar. */
interface Scored {
  readonly methods: Readonly<Record<string, readonly number[]>>;
  /** Of each image. */
  readonly doubtful: readonly boolean[];
}

async function measure(run: string): Promise<object[]> {
  const trained = readTrainedModel(run);
  const { saved } = trained;
  const { calibration } = saved;
  const { familiarity } = calibration ?? {};
  if (familiarity === undefined) throw new Error(`${run}: has no familiarity`);
  const [layer] = layersToObserve(calibration);
  const model = await CompiledModel.create(saved, { activations: [layer] });
  const featuresAndLogits = async (
    images: Uint8Array,
  ): Promise<{ outputs: Awaited<ReturnType<typeof model.run>>; features: Features }> => {
    const outputs = await model.run(images);
    const observed = outputs.activations.get(layer);
    if (observed === undefined) throw new Error(`no output of ${layer}`);
    return { outputs, features: featuresOf(observed) };
  };
  const fitted = pickImages(
    dataset.train,
    splitOf(dataset, SPLIT_SEED).train.subarray(0, FITTED_IMAGES),
    784,
  );
  const known = (
    await featuresAndLogits(pixelsOf(fitted.images, sizeOf(dataset.shape), 0, fitted.labels.length))
  ).features;
  const tied = fitMahalanobis(known, fitted.labels, 10);
  const background = fitMahalanobis(known, new Uint8Array(fitted.labels.length), 1);

  const score = async (images: Uint8Array): Promise<Scored> => {
    const { outputs, features } = await featuresAndLogits(images);
    const count = images.length / 784;
    const row = (i: number) => outputs.logits.subarray(10 * i, 10 * i + 10);
    const vector = (i: number) => features.values.subarray(i * features.size, (i + 1) * features.size);
    const each = (method: (i: number) => number) => Array.from({ length: count }, (_, i) => method(i));
    const distances = each((i) => tied(vector(i)));
    const inputs = { pixels: toUnitFloats(images), concerns: [] };
    const detected = Array.from({ length: count }, (_, i) =>
      detectDigit(inputs.pixels.subarray(784 * i, 784 * (i + 1))),
    );
    const observation = (i: number) => ({ logits: row(i), features: vector(i) });
    return {
      methods: {
        'maximum softmax probability': each((i) => Math.max(...softmax(row(i), 1))),
        'maximum logit': each((i) => Math.max(...row(i))),
        'energy (log-sum-exp)': each((i) => logSumExp(row(i))),
        'Mahalanobis distance': distances.map((distance) => -distance),
        'relative Mahalanobis distance': distances.map((distance, i) => background(vector(i)) - distance),
        'nearest prototype': each((i) => -distanceFrom(familiarity.prototypes, argmax(row(i)), vector(i))),
        'energy and nearest prototype': each((i) => familiarityOf(familiarity, observation(i))),
        'digit detector': each((i) => -nonDigitMargin(detected[i], argmax(row(i)))),
        'all three': each((i) => familiarityOf(familiarity, { ...observation(i), detected: detected[i] })),
      },
      doubtful: predictionsOf(inputs, outputs, trained.saved, 1).map((prediction) => prediction.doubtful),
    };
  };

  const inside = await score(digits);
  const share = (doubtful: readonly boolean[]) => doubtful.filter(Boolean).length / doubtful.length;
  const measured: object[] = [{ set: 'digits', doubtful: share(inside.doubtful) }];
  for (const seed of SEEDS) {
    for (const [set, images] of Object.entries(outsiders(seed, dataset.test))) {
      const outside = await score(images);
      const methods = Object.fromEntries(
        Object.entries(inside.methods).map(([name, scores]) => [name, auroc(scores, outside.methods[name])]),
      );
      measured.push({ set, seed, doubtful: share(outside.doubtful), auroc: methods });
    }
  }
  await model.close();
  return measured;
}
