import { expect, test } from 'vitest';
import type { Dataset } from '#inkling/data/dataset.js';
import type { Engine } from '#inkling/engine/engine.js';
import { Arena } from '#inkling/plan/arena.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import { INERT_STEP, type Step } from '#inkling/plan/steps.js';
import { BatchLoader } from '#inkling/train/batches/batchLoader.js';
import { batchesOf } from '#inkling/train/batches/batches.js';
import { allocateSource } from '#inkling/train/batches/source.js';

const BATCH = 3;
const IMAGES = 20;

/** Training and test images of two bytes, both their index, and labels that are one larger. */
const dataset: Dataset = {
  name: 'numbered',
  source: { kind: 'generated', location: '', verified: false, sha256: {} },
  shape: [1, 2, 1],
  classes: Array.from({ length: IMAGES + 1 }, (_, label) => String(label)),
  train: numbered(0, 12),
  test: numbered(12, IMAGES),
};

function numbered(from: number, to: number) {
  const indices = Array.from({ length: to - from }, (_, i) => from + i);
  return {
    images: Uint8Array.from(indices.flatMap((index) => [index, index])),
    labels: Uint8Array.from(indices, (index) => index + 1),
  };
}

/** A loader with memory for a number of batches, and the images that each run finds in it. */
function loaderOf(batches: number) {
  const arena = new Arena();
  const source = allocateSource(arena, dataset.shape, batches * BATCH);
  const memory = TensorMemory.over(new ArrayBuffer(arena.bytes));
  const runs: number[][][] = [];
  const engine: Pick<Engine, 'run' | 'write' | 'isQueue'> = {
    isQueue: false,
    write: (...to) => {
      memory.write(...to);
    },
    async run(_plan, steps) {
      // Like a worker, after the next batches were loaded.
      await new Promise((resolve) => setTimeout(resolve, 0));
      runs.push(steps.map((step) => imagesOf(step)));
    },
  };
  const imagesOf = ({ first, count }: Step) =>
    Array.from({ length: count }, (_, item) => {
      const pixels = memory.bytes(source.items).subarray(2 * (first + item), 2 * (first + item) + 2);
      expect(pixels[1]).toBe(pixels[0]);
      expect(memory.ints(source.labels)[first + item]).toBe(pixels[0] + 1);
      return pixels[0];
    });
  const plan = new PlanBuilder(arena, BATCH).build('empty');
  const loader = new BatchLoader(engine as Engine, source, dataset, BATCH);
  return {
    loader,
    async run(steps: readonly Pick<Step, 'first' | 'count'>[]) {
      runs.length = 0;
      const all = steps.map((step) => ({ ...INERT_STEP, ...step }));
      const done = (await loader.run(plan, all, (part) => Promise.resolve(part))).flat();
      expect(done.map(({ count }) => count)).toEqual(steps.map(({ count }) => count));
      return runs.map((run) => run.length);
    },
    get images() {
      return runs.flat();
    },
  };
}

const order = [19, 3, 7, 0, 12, 11, 18, 1, 2, 4, 5, 13, 6, 8, 17, 16];
const expected = (steps: readonly Pick<Step, 'first' | 'count'>[]) =>
  steps.map(({ first, count }) => order.slice(first, first + count));

test.each([2, 3, 4, 5, 6, 64])(
  'with memory for %i batches, each step reads the images of its order',
  async (batches) => {
    const memory = loaderOf(batches);
    const steps = batchesOf(order.length, BATCH);
    memory.loader.setOrder(order);
    const runs = await memory.run(steps);
    expect(memory.images).toEqual(expected(steps));
    expect(Math.max(...runs)).toBe(Math.min(steps.length, Math.floor(batches / 2)));
    // One at a time, some of them more than once, and in other groups.
    for (const at of [0, 0, 1, 2, 3, 4, 5, 3, 4, 1, 2, 5, 1, 4, 3]) {
      const step = steps[at];
      await memory.run([step]);
      expect(memory.images).toEqual(expected([step]));
    }
    for (const together of [1, 2, 3, 4, 5]) {
      for (let at = 0; at < steps.length; at += together) {
        const some = steps.slice(at, at + together);
        await memory.run(some);
        expect(memory.images).toEqual(expected(some));
      }
    }
    // A new order discards what was loaded ahead.
    await memory.run(steps.slice(0, 1));
    memory.loader.setOrder([...order].reverse());
    await memory.run(steps.slice(1, 2));
    expect(memory.images).toEqual([[...order].reverse().slice(3, 6)]);
  },
);

test('rejects other batches than those of the order', async () => {
  const memory = loaderOf(6);
  memory.loader.setOrder(order);
  for (const firsts of [[1], [0, 6], [3, 0]]) {
    const steps = firsts.map((first) => ({ first, count: BATCH }));
    await expect(memory.run(steps)).rejects.toThrow('expected consecutive batches');
  }
});

/** What a loader asks for, in order, and when it is done. */
async function callsOf(isQueue: boolean) {
  const arena = new Arena();
  const source = allocateSource(arena, dataset.shape, 4 * BATCH);
  const plan = new PlanBuilder(arena, BATCH).build('empty');
  const calls: string[] = [];
  const engine: Pick<Engine, 'load' | 'run' | 'write' | 'isQueue'> = {
    isQueue,
    load() {
      calls.push('load');
      return Promise.resolve();
    },
    write: () => undefined,
    async run(_plan, { length }) {
      calls.push(`run ${length}`);
      await new Promise((resolve) => setTimeout(resolve, 0));
      calls.push('done');
    },
  };
  const loader = new BatchLoader(engine as Engine, source, dataset, BATCH);
  loader.setOrder(order);
  const all = batchesOf(4 * BATCH, BATCH).map((step) => ({ ...INERT_STEP, ...step }));
  await loader.run(plan, all, () => {
    calls.push('read');
    return Promise.resolve();
  });
  return calls;
}

test('a queue is asked to read before the run is done; other engines afterwards', async () => {
  expect(await callsOf(false)).toEqual(['run 2', 'done', 'read', 'run 2', 'done', 'read']);
  expect(await callsOf(true)).toEqual(['load', 'run 2', 'read', 'done', 'run 2', 'read', 'done']);
});
