import { afterAll, describe, expect, it } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights, type Weights } from '#inkling/models/weights.js';
import { biasCorrections } from '#inkling/train/optimization/optimizers.js';
import { Session } from '#inkling/train/session.js';
import type { StartEngine } from '#inkling/engine/engine.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { noGpuPage, openGpuPage } from '../../helpers/webgpu/gpuPage.js';
import { RemoteEngine } from '../../helpers/webgpu/remoteEngine.js';

/** Few, since the processor simulates the GPU; docs/performance.md reports those of a hundred. */
const STEPS = 6;
const BATCH_SIZE = 4;
/** See docs/performance.md. */
const LOSS_BOUND = 1e-5;
/** Of images that are scored with the same weights. */
const SCORE_BOUND = 1e-4;

/** The processor compiles about 70 shaders, for half a minute if it does nothing else. */
const COMPILING_MS = 180_000;

const gpu = await openGpuPage();
const dataset = generateDigits({ seed: 1, train: BATCH_SIZE * STEPS, test: 10 });
const model = resolveModel(preset('report-cnn', { input: dataset.shape, classes: dataset.classes.length }));
const onGpu: StartEngine = (memoryBytes) => RemoteEngine.start(gpu, memoryBytes);

/**
 * The losses of the report's CNN with its optimizer, its weights, and the scores of the test images with them or with others.
 *
 * @param scored what is scored. After training, biases before a normalization differ: their gradients are 0 but for rounding errors, which
 * Adam scales to the size of the learning rate
 */
async function train(start?: StartEngine, steps = STEPS, scored?: Weights) {
  const session = await Session.start({
    model,
    dataset,
    batchSize: BATCH_SIZE,
    threads: 1,
    optimizer: { type: 'adam' },
    ...(start && { start }),
  });
  try {
    session.setWeights(initialWeights(model, new Random(0)));
    session.setOrder(Uint32Array.from({ length: BATCH_SIZE * STEPS }, (_, i) => i));
    const results = await session.train(
      Array.from({ length: steps }, (_, i) => ({
        first: i * BATCH_SIZE,
        count: BATCH_SIZE,
        learningRate: 0.001,
        ...biasCorrections(i + 1),
        averageShare: 0,
        dropoutSeed: 1000 + i,
        augmentSeed: 0,
      })),
    );
    const weights = await session.weights();
    if (scored !== undefined) session.setWeights(scored);
    const test = Uint32Array.from(dataset.test.labels, (_, i) => BATCH_SIZE * STEPS + i);
    return { losses: results.map(({ loss }) => loss), weights, scores: await session.score(test) };
  } finally {
    await session.close();
  }
}

describe.skipIf(gpu === undefined)(
  `training on a GPU${gpu === undefined ? `: SKIPPED, ${noGpuPage}` : ''}`,
  () => {
    afterAll(() => gpu?.close());

    it(
      'has the losses and scores of the processor',
      async () => {
        const expected = await train();
        const actual = await train(onGpu, STEPS, expected.weights);
        const differences = actual.losses.map((loss, step) => Math.abs(loss - expected.losses[step]));
        expect(actual.losses).toHaveLength(STEPS);
        for (const difference of differences) expect(difference).toBeLessThan(LOSS_BOUND);
        expect(Math.abs(actual.losses[STEPS - 1] - actual.losses[0])).toBeGreaterThan(LOSS_BOUND);
        expect(actual.scores.predictions).toEqual(expected.scores.predictions);
        actual.scores.losses.forEach((loss, image) => {
          expect(Math.abs(loss - expected.scores.losses[image])).toBeLessThan(SCORE_BOUND);
        });
      },
      COMPILING_MS,
    );

    it('trains in a worker of a page', async () => {
      const page = gpu?.page;
      const losses = await page?.evaluate<Record<string, { loss: number; notices: string[] }>>(`(async () => {
        const { fit, generateDigits, preset } = await import('/standalone/inkling.js');
        const dataset = generateDigits({ seed: 1, train: 100, test: 40 });
        const model = preset('mlp', { input: dataset.shape, classes: dataset.classes.length });
        const results = {};
        for (const device of ['cpu', 'gpu', 'auto']) {
          const { epochs, notices } = await fit({ model, dataset, settings: { device, epochs: 1, batchSize: 16 } });
          results[device] = { loss: epochs[0].trainLoss, notices };
        }
        return results;
      })()`);
      const { cpu, gpu: onGpu, auto } = losses ?? expect.fail('expected losses');
      expect(onGpu.loss).not.toBe(cpu.loss);
      expect(Math.abs(onGpu.loss - cpu.loss)).toBeLessThan(LOSS_BOUND);
      expect(onGpu.notices[0]).toMatch(/^Device: GPU .*, which computes on the processor\.$/);
      expect(auto.loss).toBe(cpu.loss);
      expect(auto.notices[0]).toMatch(
        /^Device: CPU \(1 thread\): .* is not a GPU, but computes on the processor/,
      );
    });

    it('has the same bits twice', async () => {
      const [first, second] = [await train(onGpu, 2), await train(onGpu, 2)];
      expect(second).toEqual(first);
    });

    it('writes bytes at any position, also across buffers', async () => {
      const images: Tensor = {
        ...{ name: 'images', dtype: 'u8', per: 'plan', count: 1 },
        ...{ shape: [19], halo: [0, 0], offset: 4 },
      };
      const engine = await RemoteEngine.start(gpu, 64, 16);
      const expected = new Uint8Array(19);
      for (const [start, values] of [
        [2, [1, 2, 3]],
        [5, [4]],
        [6, [5, 6, 7, 8, 9, 10, 11]],
        [18, [12]],
      ] as const) {
        engine.write(images, values, start);
        expected.set(values, start);
      }
      expect(await engine.read(images, 'u8')).toEqual(expected);
      expect(await engine.read(images, 'u8', 7)).toEqual(expected.slice(0, 7));
    });
  },
);
