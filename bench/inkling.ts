/** The process that measures Inkling. */
import { Random } from '#inkling/core/random.js';
import { teamOf } from '#inkling/engine/teamOf.js';
import { DEFAULT_BATCH_SIZE } from '#inkling/models/batchSize.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { INERT_STEP } from '#inkling/plan/steps.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { biasCorrections } from '#inkling/train/optimization/optimizers.js';
import { Session } from '#inkling/train/session.js';
import { pixelsOf } from '#inkling/data/imageSet.js';
import { sizeOf } from '#inkling/core/shape.js';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { readFixture } from './fixture.js';
import { reportCnn } from './networks/models.js';
import type { Job } from './protocol.js';
import { type Prepared, serve } from './serve.js';

/** Steps per message to the workers, as in the training loop; fewer if steps are long. */
const STEPS_PER_CALL = 32;
const MULTIPLY_ADDS_PER_CALL = 3e9;
const IMAGES_PER_CALL = 2048;
/** Single-image predictions per reading of the clock. */
const PREDICTIONS_PER_CLOCK_READ = 32;
const REPORT_CNN = reportCnn(1).name;

await serve((job) => {
  if (job.task === 'training') return prepareTraining(job);
  if (job.threads === 1) return preparePrediction(job);
  return job.network === REPORT_CNN ? prepareScoring(job) : prepareTeamPrediction(job);
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
    ...(job.device === 'gpu' && {
      // Nothing else of what is measured loads it.
      start: async (memoryBytes: number) => (await import('./gpu/openDevice.js')).startOnGpu(memoryBytes),
    }),
  });
  session.setWeights(saved.weights);
  return session;
}

async function prepareTraining(job: Job): Promise<Prepared> {
  const { batch, images } = job;
  const session = await startSession(job);
  let updates = 0;
  const stepOf = (index: number) => ({
    first: index * batch,
    count: batch,
    ...INERT_STEP,
    learningRate: 0.001,
    ...biasCorrections(++updates),
  });
  session.setOrder(Uint32Array.from({ length: images }, (_, i) => i));
  const [{ loss }] = await session.train([stepOf(0)]);
  // A whole number of calls, which go over the images more than once if there are only few.
  const length = stepsPerCall(job);
  const calls = Math.max(1, Math.floor(images / batch / length));
  const shuffled = new Random(0).permutation(images);
  session.setOrder(Uint32Array.from({ length: calls * length * batch }, (_, i) => shuffled[i % images]));
  let call = 0;
  return {
    checkValue: loss,
    async work() {
      const begin = (call++ % calls) * length;
      await session.train(Array.from({ length }, (_, i) => stepOf(begin + i)));
      return length * batch;
    },
  };
}

function stepsPerCall(job: Job): number {
  const { multiplyAdds } = resolveModel(readFixture({ ...job, images: 1 }).saved.model);
  return Math.min(STEPS_PER_CALL, Math.ceil(MULTIPLY_ADDS_PER_CALL / (job.batch * multiplyAdds)));
}

async function preparePrediction(job: Job): Promise<Prepared> {
  const { batch } = job;
  const { compiled, nextPixels, label } = await compile(job);
  const predict = () => compiled.runSync(nextPixels()).probabilities;
  const checkValue = predict()[label];
  const { multiplyAdds } = resolveModel(compiled.saved.model);
  const worth = Math.ceil(MULTIPLY_ADDS_PER_CALL / STEPS_PER_CALL / (batch * multiplyAdds));
  const calls = Math.max(1, Math.min(worth, Math.round(PREDICTIONS_PER_CLOCK_READ / batch)));
  return {
    checkValue,
    work() {
      for (let call = 0; call < calls; call++) predict();
      return calls * batch;
    },
  };
}

async function prepareTeamPrediction(job: Job): Promise<Prepared> {
  const { compiled, nextPixels, label } = await compile(job);
  const { probabilities } = await compiled.run(nextPixels());
  return {
    checkValue: probabilities[label],
    async work() {
      await compiled.run(nextPixels());
      return job.batch;
    },
  };
}

/** The model on the job's threads, and a function that returns the pixels of the next batch. */
async function compile(job: Job) {
  const { saved, dataset } = readFixture(job);
  const { batch, images, threads } = job;
  const compiled = await CompiledModel.create(saved, {
    engine: threads === 1 ? undefined : teamOf(threads),
    maxBatchSize: Math.min(batch, DEFAULT_BATCH_SIZE),
  });
  const pixels = toUnitFloats(pixelsOf(dataset.train.images, sizeOf(dataset.shape), 0, images));
  const batchPixels = (batch * pixels.length) / images;
  let at = -batchPixels;
  const nextPixels = () => {
    at = at + 2 * batchPixels <= pixels.length ? at + batchPixels : 0;
    return pixels.subarray(at, at + batchPixels);
  };
  return { compiled, nextPixels, label: dataset.train.labels[0] };
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
