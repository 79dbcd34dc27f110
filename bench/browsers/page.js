/** The page in which Chromium measures Inkling: `inklingPage.ts` serves it, and calls the functions that it defines. */
import { CompiledModel, decodeCheckpoint, fit } from './inkling.js';

const SIZE = 28 * 28;

const job = await (await fetch('/job.json')).json();
const [checkpoint, images, labels] = await Promise.all(
  [`${job.network}.safetensors`, 'images-28x28x1.u8', 'labels.u8'].map(async (name) => {
    const response = await fetch(`/fixture/${name}`);
    return new Uint8Array(await response.arrayBuffer());
  }),
);
const saved = decodeCheckpoint(checkpoint, job.network);
const { checkValue, work } = job.task === 'training' ? await prepareTraining() : await prepareInference();
Object.assign(globalThis, { checkValue, work });

function setOf(first, count) {
  return {
    images: images.subarray(first * SIZE, (first + count) * SIZE),
    labels: labels.subarray(first, first + count),
  };
}

/** @param training the number of images, which is followed by a batch for validation */
function train(training, epochs, hooks) {
  return fit({
    model: saved.model,
    dataset: {
      name: 'benchmark',
      source: { kind: 'generated', location: 'the benchmark', verified: false, sha256: {} },
      shape: [28, 28, 1],
      classes: saved.classes,
      train: setOf(0, training + job.batch),
      validationCount: job.batch,
      test: setOf(training, job.batch),
    },
    settings: { epochs, batchSize: job.batch },
    backbone: saved,
    ...hooks,
  });
}

async function prepareTraining() {
  let loss = NaN;
  await train(job.batch, 1, {
    onEvent: (event) => {
      if (event.type === 'progress') loss = event.trainLoss;
    },
  });
  let [enter, reach] = [];
  let entered = new Promise((resolve) => (enter = resolve));
  let before = 0;
  // Its errors are those of the page.
  void train(job.images - job.batch, 100_000, {
    // It waits between the rounds.
    beforeSteps: () => new Promise((pass) => enter(pass)),
    onEvent: (event) => {
      if (event.type !== 'progress') return;
      reach((event.step - before) * job.batch);
      before = event.step % event.steps;
    },
  });
  return {
    checkValue: loss,
    work: async () => {
      const pass = await entered;
      entered = new Promise((resolve) => (enter = resolve));
      const reached = new Promise((resolve) => (reach = resolve));
      pass(undefined);
      return reached;
    },
  };
}

async function prepareInference() {
  const model = await CompiledModel.create(saved, { maxBatchSize: job.batch });
  const pixels = Float32Array.from(images, (byte) => byte / 255);
  let first = 0;
  const predict = async () => {
    const { probabilities } = await model.run(pixels.subarray(first * SIZE, (first + job.batch) * SIZE));
    first = (first + job.batch) % job.images;
    return probabilities;
  };
  const probabilities = await predict();
  return {
    checkValue: probabilities[labels[0]],
    work: async () => {
      await predict();
      return job.batch;
    },
  };
}
