import { afterEach, describe, expect, test } from 'vitest';
import { InklingError, InvalidInputError } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import { teamOf } from '#inkling/engine/teamOf.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import { batchNorm2d, conv2d, flatten, linear, maxPool2d, relu, residual } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { CompiledModel, type CompileOptions } from '#inkling/predict/compiledModel.js';

const [HEIGHT, WIDTH, IN, OUT, CLASSES] = [5, 4, 2, 4, 3];
const SIZE = HEIGHT * WIDTH * IN;
const model: Model = {
  name: 'tiny',
  input: [HEIGHT, WIDTH, IN],
  layers: [
    conv2d({ name: 'c', outChannels: OUT, kernel: 3, padding: 1 }),
    batchNorm2d({ name: 'n' }),
    relu({ name: 'r' }),
    conv2d({ name: 'd', outChannels: OUT, kernel: 3, padding: 2 }),
    maxPool2d({ name: 'p', kernel: 2 }),
    residual({ name: 's', layers: [batchNorm2d({ name: 'n' })] }),
    relu({ name: 't' }),
    flatten({ name: 'f' }),
    linear({ name: 'l', outFeatures: CLASSES }),
  ],
};

const random = new Random(4);
const draw = (length: number) => Float32Array.from({ length }, () => random.uniform(-1, 1));
const weights = initialWeights(resolveModel(model), random);
for (const { name } of resolveModel(model).parameters) {
  if (name.startsWith('n.')) weights.get(name)?.set(draw(OUT).map((value) => Math.abs(value) + 0.1));
}
const saved: SavedModel = { model, weights, classes: ['a', 'b', 'c'], dataset: 'none', batches: 0 };
const pixels = Float32Array.from({ length: 7 * SIZE }, () => random.uniform(0, 1));

const compiled: CompiledModel[] = [];
async function compile(options: CompileOptions = {}) {
  const created = await CompiledModel.create(saved, options);
  compiled.push(created);
  return created;
}
afterEach(async () => {
  await Promise.all(compiled.splice(0).map((each) => each.close()));
});

const weight = (name: string, index: number) => (weights.get(name) ?? [])[index];

/** Computes the convolution in double precision, and optionally normalizes it with the running statistics. */
function byHand(y: number, x: number, o: number, isNormalized: boolean): number {
  let sum = weight('c.bias', o);
  for (let ky = 0; ky < 3; ky++) {
    for (let kx = 0; kx < 3; kx++) {
      const [row, column] = [y + ky - 1, x + kx - 1];
      if (row < 0 || row >= HEIGHT || column < 0 || column >= WIDTH) continue;
      for (let i = 0; i < IN; i++) {
        sum +=
          pixels[(row * WIDTH + column) * IN + i] * weight('c.weight', ((ky * 3 + kx) * IN + i) * OUT + o);
      }
    }
  }
  if (!isNormalized) return sum;
  const normalized = (sum - weight('n.running_mean', o)) / Math.sqrt(weight('n.running_var', o) + 1e-5);
  return normalized * weight('n.weight', o) + weight('n.bias', o);
}

function expectClose(values: Float32Array, expected: (index: number) => number) {
  values.forEach((value, index) => {
    expect(Math.abs(value - expected(index))).toBeLessThan(1e-5);
  });
}

describe('activations', () => {
  test('are correct for each layer, including layers whose output is overwritten or that are fused', async () => {
    const names = ['c', 'n', 'r', 'p', 's', 't', 'f'];
    const { activations, logits } = (await compile({ activations: names })).runSync(pixels);
    expect([...activations.keys()]).toEqual(names);
    const [c, n, r, p, s, t, f] = names.map(
      (name) => activations.get(name) ?? { shape: [], values: new Float32Array() },
    );
    expect(c.shape).toEqual([HEIGHT, WIDTH, OUT]);
    expect(c.values).toHaveLength(7 * HEIGHT * WIDTH * OUT);
    const at = (index: number, isNormalized: boolean) => {
      const pixel = Math.floor(index / OUT);
      return byHand(Math.floor(pixel / WIDTH), pixel % WIDTH, index % OUT, isNormalized);
    };
    const first = ({ values }: typeof c) => values.subarray(0, values.length / 7);
    expectClose(first(c), (index) => at(index, false));
    expectClose(first(n), (index) => at(index, true));
    expectClose(first(r), (index) => Math.max(0, at(index, true)));
    // Its running statistics are initialized to mean 0 and variance 1.
    expectClose(s.values, (index) => p.values[index] * (1 + 1 / Math.sqrt(1 + 1e-5)));
    expect(Math.min(...s.values)).toBeLessThan(0);
    expect([...t.values]).toEqual([...s.values].map((value) => Math.max(0, value)));
    expect(f).toEqual({ shape: [3 * 3 * OUT], values: t.values });
    expectClose(logits, (index) => {
      const [image, o] = [Math.floor(index / CLASSES), index % CLASSES];
      const features = f.values.subarray(image * 36, (image + 1) * 36);
      return features.reduce(
        (sum, value, i) => sum + value * weight('l.weight', i * CLASSES + o),
        weight('l.bias', o),
      );
    });
  });

  test('do not change the logits by a single bit', async () => {
    const [plain, observed] = [await compile(), await compile({ activations: ['n', 'r', 's'] })];
    expect(observed.runSync(pixels).logits).toEqual(plain.runSync(pixels).logits);
  });

  test('are rejected for a layer that the model does not have', async () => {
    await expect(compile({ activations: ['c', 'q'] })).rejects.toThrow(
      new InklingError('tiny: unknown layer "q"; expected c, n, r, d, p, s.n, s, t, f or l'),
    );
  });
});

test('starts with the outputs of the fixed layers', async () => {
  const names = ['r', 't', 'f'];
  const expected = (await compile({ activations: names })).runSync(pixels);
  const features = expected.activations.get('r')?.values ?? new Float32Array();
  const tail = await compile({ activations: names, fixedLayers: 3, maxBatchSize: 2 });
  expect(tail.runSync(features)).toEqual(expected);
  expect(() => tail.runSync(features.map((value) => value - 1))).not.toThrow();
  expect(() => tail.runSync(features.subarray(1))).toThrow(
    new InvalidInputError(
      'tiny: expected images of 5×4×4, 80 numbers each, got 559 numbers; pass every channel of every pixel',
    ),
  );
});

describe('a request', () => {
  test('gives bit-identical results on any engine, in batches of any size, as bytes or floats', async () => {
    const bytes = Uint8Array.from(pixels, (value) => Math.round(Math.abs(value) * 255));
    const expected = (await compile()).runSync(Float32Array.from(bytes, (byte) => byte / 255));
    for (const options of [
      {},
      { maxBatchSize: 3 },
      { engine: teamOf(2) },
      { engine: teamOf(1), maxBatchSize: 2 },
    ]) {
      expect(await (await compile(options)).run(bytes)).toEqual(expected);
    }
    expect((await compile({ maxBatchSize: 2 })).runSync(bytes)).toEqual(expected);
  });

  test('waits for earlier requests', async () => {
    const [alone, team] = [await compile(), await compile({ engine: teamOf(2), maxBatchSize: 2 })];
    const parts = [pixels.subarray(0, 3 * SIZE), pixels.subarray(3 * SIZE), pixels];
    const outputs = await Promise.all(parts.map((part) => team.run(part)));
    expect(outputs.map(({ logits }) => logits)).toEqual(parts.map((part) => alone.runSync(part).logits));
  });

  test('is rejected after the model is closed', async () => {
    for (const options of [{ engine: teamOf(1) }, {}]) {
      const closed = await CompiledModel.create(saved, options);
      await closed.close();
      await expect(closed.run(pixels)).rejects.toThrow('closed');
    }
  });

  test('cannot be synchronous on a team', async () => {
    const team = await compile({ engine: teamOf(1) });
    expect(() => team.runSync(pixels)).toThrow('expected a model that runs on the calling thread');
  });
});

test('limits the batch size to what fits the memory budget, at most 64', async () => {
  expect((await compile()).maxBatchSize).toBe(64);
  const large: Model = {
    name: 'large',
    input: [512, 512, 1],
    layers: [conv2d({ outChannels: 8, kernel: 3, padding: 1 }), maxPool2d({ kernel: 512 }), flatten()],
  };
  const created = await CompiledModel.create({
    ...saved,
    model: large,
    weights: initialWeights(resolveModel(large), random),
  });
  compiled.push(created);
  // 64 MiB divided by the 8 MiB of the convolution's output and 1 MiB each of the pixels, and of the same with a halo.
  expect(created.maxBatchSize).toBe(6);
});

test('runs smaller batches than the maximum asked for if not as many fit into memory', async () => {
  const { maxBatchSize } = await compile({ maxBatchSize: 2 ** 24 });
  expect(maxBatchSize).toBeLessThan(2 ** 23);
  expect(maxBatchSize).toBeGreaterThan(2 ** 16);
});

test('rejects outputs that are not finite numbers', async () => {
  const large = new Map(weights).set('l.weight', new Float32Array(weights.get('l.weight') ?? []).fill(3e38));
  const overflowing = await CompiledModel.create({ ...saved, weights: large });
  compiled.push(overflowing);
  const message =
    /^tiny: expected finite outputs, got (-?Infinity|NaN); its weights are too large or damaged: use another model$/;
  expect(() => overflowing.runSync(pixels)).toThrow(message);
  await expect(overflowing.run(pixels)).rejects.toThrow(message);
});
