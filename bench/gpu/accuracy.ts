/**
 * Trains the report's CNN on the GPU, and on the CPU with the same and with other seeds: does it classify as many of MNIST's test images, and
 * how far apart are the losses of its steps? Writes bench/results/gpu-accuracy.json: `npm run bench:gpu-accuracy`.
 */
import { writeFileSync } from 'node:fs';
import { sizeOf } from '#inkling/core/shape.js';
import { pickImages } from '#inkling/data/imageSet.js';
import { loadDataset } from '#inkling/data/load.js';
import { fit, preset, type TrainingEvent } from '#inkling/index.js';
import { describeEnvironment } from '../environment.js';

const FILE = 'bench/results/gpu-accuracy.json';
/** Few, since a GPU that the processor simulates takes seconds for a step. */
const IMAGES = { train: 960, validation: 100 };
/** A divisor of the number of training images, so that all steps have as many. */
const BATCH_SIZE = 32;
const EPOCHS = 5;
/** The GPU trains with the first. */
const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);
/** Whose losses are compared. */
const STEPS = 100;

const environment = describeEnvironment();
const mnist = await loadDataset({ name: 'mnist', environment: process.env });
const indices = Uint32Array.from({ length: IMAGES.train + IMAGES.validation }, (_, index) => index);
const train = pickImages(mnist.train, indices, sizeOf(mnist.shape));
const dataset = { ...mnist, train, validationCount: IMAGES.validation };
const model = preset('report-cnn', { input: mnist.shape, classes: mnist.classes.length });

const onCpu: Awaited<ReturnType<typeof trainOn>>[] = [];
for (const seed of SEEDS) onCpu.push(await trainOn('cpu', seed));
const onGpu = await trainOn('gpu', SEEDS[0]);
const differences = onGpu.losses.slice(0, STEPS).map((loss, step) => Math.abs(loss - onCpu[0].losses[step]));
const record = {
  command: 'npm run bench:gpu-accuracy',
  date: new Date().toISOString(),
  ...environment,
  adapter: onGpu.adapter,
  images: { ...IMAGES, test: mnist.test.labels.length },
  batchSize: BATCH_SIZE,
  epochs: EPOCHS,
  gpu: { seed: onGpu.seed, testAccuracy: onGpu.testAccuracy, minutes: onGpu.minutes },
  cpu: onCpu.map(({ seed, testAccuracy }) => ({ seed, testAccuracy })),
  losses: { steps: differences.length, largestDifference: Math.max(...differences) },
};
writeFileSync(FILE, `${JSON.stringify(record, undefined, 2)}\n`);
console.log(`wrote ${FILE}`);

async function trainOn(device: 'cpu' | 'gpu', seed: number) {
  const losses: number[] = [];
  const started = performance.now();
  const training = fit({
    model,
    dataset,
    settings: { device, seed, epochs: EPOCHS, batchSize: BATCH_SIZE },
    // Each step reports the loss of its epoch until then.
    beforeSteps: () => Promise.resolve(1),
    onEvent: collectLosses(losses),
  });
  const { test } = await training;
  if (test === undefined) throw new Error('expected a training to its end');
  const minutes = (performance.now() - started) / 60_000;
  console.log(`${device}, seed ${seed}: ${test.accuracy}, ${minutes.toFixed(1)} min`);
  return { seed, losses, testAccuracy: test.accuracy, minutes, adapter: training.engine?.device?.adapter };
}

/** What adds the loss of each step, which follows from the mean of its epoch before and after it. */
function collectLosses(losses: number[]) {
  let sumBefore = 0;
  return (event: TrainingEvent): void => {
    if (event.type !== 'progress') return;
    const { step, trainLoss } = event;
    const sum = step * trainLoss;
    losses.push(step === 1 ? sum : sum - sumBefore);
    sumBefore = sum;
  };
}
