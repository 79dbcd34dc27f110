import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { corruptImages, corruptions } from '#inkling/images/corrupt/corruptions.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { embedTestImages } from '#inkling/runs/measurements/embedTestImages.js';
import { measureRobustness } from '#inkling/runs/measurements/measureRobustness.js';
import { readMeasurement, saveMeasurement } from '#inkling/runs/measurements/measurement.js';
import { trainRun } from '#inkling/runs/trainRun.js';
import { evaluate } from '#inkling/train/evaluate.js';
import { parseConfig } from '#inkling/train/config.js';
import { temporaryFolder } from '../../data/tinySet.js';
import { stripes } from '../../helpers/stripes.js';

const dataset = stripes({ train: 150, test: 60 });

async function trained() {
  const config = parseConfig({ model: 'mlp', epochs: 4, batchSize: 16, runDir: temporaryFolder() });
  const { folder } = await trainRun(config, dataset, { command: 'test' });
  return { folder, saved: readSavedModel(folder) };
}

test('measures the accuracy on changed test images, with any number of threads', async () => {
  const { saved } = await trained();
  const seen: number[] = [];
  const onProgress = (fraction: number) => seen.push(fraction);
  const robustness = await measureRobustness(saved, dataset, { threads: 2, onProgress });
  expect(seen.at(-1)).toBe(1);
  expect(robustness).toEqual(await measureRobustness(saved, dataset, { threads: 1 }));
  const { total, correct, corruptions: measured } = robustness;
  expect([total, correct]).toEqual([60, (await evaluate(saved, dataset)).correct]);
  const noise = measured.find(({ name }) => name === 'noise');
  expect(noise?.levels).toEqual(corruptions.noise.levels);
  const change = { name: 'noise', level: corruptions.noise.levels[3], first: 0 } as const;
  const images = corruptImages(dataset.test.images, dataset.shape, change);
  const changed = { ...dataset, test: { ...dataset.test, images } };
  expect(noise?.correct[3]).toBe((await evaluate(saved, changed)).correct);

  const controller = new AbortController();
  const stop = () => {
    controller.abort(new Error('stopped'));
  };
  const stopped = measureRobustness(saved, dataset, { signal: controller.signal, onProgress: stop });
  await expect(stopped).rejects.toThrow('stopped');
  const empty = { ...dataset, test: { images: new Uint8Array(), labels: new Uint8Array() } };
  await expect(measureRobustness(saved, empty)).rejects.toThrow(
    'stripes: expected test images to corrupt, got none; add some',
  );
});

/** The mean distance of images of other classes, divided by that of images of the same class. */
function separation({ x, y }: { readonly x: readonly number[]; readonly y: readonly number[] }): number {
  const distances = { same: [0, 0], other: [0, 0] };
  const { labels } = dataset.test;
  for (const i of x.keys()) {
    for (const j of x.keys()) {
      if (i === j) continue;
      const kind = labels[i] === labels[j] ? 'same' : 'other';
      distances[kind][0] += Math.hypot(x[i] - x[j], y[i] - y[j]);
      distances[kind][1] += 1;
    }
  }
  const mean = ([sum, count]: number[]) => sum / count;
  return mean(distances.other) / mean(distances.same);
}

test('embeds test images, so that those of a class are close together', async ({ skip }) => {
  const { saved } = await trained();
  const { layer, images, explained, umap, ...plane } = await embedTestImages(saved, dataset);
  expect(layer).toBe('relu');
  expect(images).toEqual([...Array(60).keys()]);
  expect(explained[0]).toBeGreaterThan(explained[1]);
  expect(separation(plane)).toBeGreaterThan(1.5);
  if (umap === undefined) return skip('umap-js is not installed');
  expect(umap.neighbors).toBe(15);
  expect(separation(umap)).toBeGreaterThan(2);
  expect((await embedTestImages(saved, dataset, { threads: 1 })).umap).toEqual(umap);
});

test('keeps measurements with the weights that they are of', async () => {
  const { folder } = await trained();
  expect(readMeasurement(folder, 'robustness')).toBeUndefined();
  const robustness = {
    total: 10,
    correct: 9,
    corruptions: [{ name: 'blur', levels: [2], correct: [8] }],
  } as const;
  const file = saveMeasurement(folder, 'robustness', robustness);
  expect(readMeasurement(folder, 'robustness')).toEqual(robustness);
  const recorded = readFileSync(file, 'utf8');
  writeFileSync(file, recorded.replace('"blur"', '"haze"'));
  expect(() => readMeasurement(folder, 'robustness')).toThrow(`${file}: damaged: `);
  writeFileSync(file, recorded);
  expect(() => saveMeasurement(folder, 'robustness', { ...robustness, total: 0 })).toThrow(
    'saveMeasurement: result: total: ',
  );
  const checkpoint = join(folder, 'checkpoints', 'best.safetensors');
  writeFileSync(checkpoint, readFileSync(join(folder, 'checkpoints', 'resume.safetensors')));
  expect(readMeasurement(folder, 'robustness')).toBeUndefined();
});
