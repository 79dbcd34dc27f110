/** The process that measures Inkling. */
import { Random } from '#inkling/core/random.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { INERT_STEP } from '#inkling/plan/steps.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { biasCorrections } from '#inkling/train/optimization/optimizers.js';
import { Session } from '#inkling/train/session.js';
import { readFixture } from './fixture.js';
import type { Job } from './protocol.js';
import { type Prepared, serve } from './serve.js';

/** Steps per message to the workers, as in the training loop; fewer if steps are long. */
const STEPS_PER_CALL = 32;
const IMAGES_PER_CALL = 2048;
/** Single-image predictions per reading of the clock. */
const PREDICTIONS_PER_CLOCK_READ = 32;

await serve((job) => {
  if (job.task === 'training') return prepareTraining(job);
  return job.threads === 1 ? preparePrediction(job) : prepareScoring(job);
});

async function startSession(job: Job): Promise<Session> {
  const { saved, dataset } = readFixture(job);
  const { batch: batchSize, threads } = job;
  const session = await Session.start({
    model: resolveModel(saved.model),
    dataset,
    batchSize,
    threads,
    optimizer: { type: 'adam' },
  });
  session.setWeights(saved.weights);
  return session;
}

async function prepareTraining(job: Job): Promise<Prepared> {
  const { batch, images, width } = job;
  const session = await startSession(job);
  let updates = 0;
  const nextStep = () => ({
    first: (updates * batch) % (images - batch + 1),
    count: batch,
    ...INERT_STEP,
    learningRate: 0.001,
    ...biasCorrections(++updates),
  });
  session.setOrder(Uint32Array.from({ length: images }, (_, i) => i));
  const [{ loss }] = await session.train([nextStep()]);
  session.setOrder(new Random(0).permutation(images));
  const length = Math.min(STEPS_PER_CALL, Math.ceil(IMAGES_PER_CALL / (batch * width ** 2)));
  return {
    checkValue: loss,
    async work() {
      await session.train(Array.from({ length }, nextStep));
      return length * batch;
    },
  };
}

async function preparePrediction(job: Job): Promise<Prepared> {
  const { saved, dataset } = readFixture(job);
  const { batch, images } = job;
  const compiled = await CompiledModel.create(saved);
  const pixels = Float32Array.from(dataset.train.images, (byte) => byte / 255);
  const batchPixels = (batch * pixels.length) / images;
  let at = 0;
  const predict = () => {
    const probabilities = compiled.runSync(pixels.subarray(at, at + batchPixels)).probabilities;
    at = at + 2 * batchPixels <= pixels.length ? at + batchPixels : 0;
    return probabilities;
  };
  const checkValue = predict()[dataset.train.labels[0]];
  const calls = Math.max(1, Math.round(PREDICTIONS_PER_CLOCK_READ / batch));
  return {
    checkValue,
    work() {
      for (let call = 0; call < calls; call++) predict();
      return calls * batch;
    },
  };
}

async function prepareScoring(job: Job): Promise<Prepared> {
  const session = await startSession(job);
  const indices = Uint32Array.from({ length: Math.min(job.images, IMAGES_PER_CALL) }, (_, i) => i);
  const { losses } = await session.score(indices);
  return {
    checkValue: Math.exp(-losses[0]),
    async work() {
      await session.score(indices);
      return indices.length;
    },
  };
}
