import { afterAll, beforeAll, expect, test } from 'vitest';
import { BusyError, ClosedError, InvalidInputError } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { BatchPredictor } from '#inkling/predict/batchPredictor.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';

const model = preset('mlp', { input: [4, 4, 1], classes: 3 });
const saved = {
  model,
  weights: initialWeights(resolveModel(model), new Random(1)),
  classes: ['a', 'b', 'c'],
  dataset: 'none',
  batches: 0,
};
const pixels = (images: number) => Float32Array.from({ length: 16 * images }, (_, i) => (i % 37) / 37);

let compiled: CompiledModel;
let predictor: BatchPredictor;
const batches: number[] = [];
beforeAll(async () => {
  compiled = await CompiledModel.create(saved);
  predictor = await BatchPredictor.start(saved, {
    queueLimit: 100,
    onBatch: (images) => batches.push(images),
  });
});
afterAll(() => predictor.close());

test('computes the same logits as a model on the calling thread, regardless of batching', async () => {
  const requests = [3, 40, 30, 20, 1].map(pixels);
  const answers = await Promise.all(
    requests.map((request) => predictor.run(request).then(({ logits }) => logits)),
  );
  expect(answers).toEqual(requests.map((request) => compiled.runSync(request).logits));
  // In order, with at most 64 images per batch.
  expect(batches.splice(0)).toEqual([43, 51]);
  expect(predictor.waiting).toBe(0);
});

test('rejects requests while too many images wait, and accepts them again afterward', async () => {
  const first = predictor.run(pixels(60));
  const rejected = predictor.run(pixels(41));
  await expect(rejected).rejects.toThrow(new BusyError('60 images are already waiting; try again later'));
  await first;
  expect((await predictor.run(pixels(41))).logits).toHaveLength(41 * 3);
});

test('skips aborted requests', async () => {
  batches.length = 0;
  const reason = new Error('too late');
  const late = predictor.run(pixels(5), AbortSignal.abort(reason));
  const other = predictor.run(pixels(2));
  await expect(late).rejects.toBe(reason);
  expect((await other).logits).toHaveLength(6);
  expect(batches).toEqual([2]);
});

test('rejects invalid pixels without affecting other requests', async () => {
  const [valid, invalid, next] = [pixels(2), pixels(1).fill(NaN), pixels(1)].map((each) =>
    predictor.run(each),
  );
  await expect(invalid).rejects.toThrow(InvalidInputError);
  expect((await valid).logits).toHaveLength(6);
  expect((await next).logits).toHaveLength(3);
  expect(predictor.isReady).toBe(true);
});

test('rejects pending requests when it is closed, and is no longer ready', async () => {
  const closed = await BatchPredictor.start(saved, { queueLimit: 100 });
  expect(closed.isReady).toBe(true);
  const waiting = [closed.run(pixels(64)), closed.run(pixels(1))];
  const outcomes = Promise.allSettled(waiting);
  await closed.close();
  expect(closed.isReady).toBe(false);
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(closed.run(pixels(1))).rejects.toThrow(new ClosedError('the model was closed'));
});
