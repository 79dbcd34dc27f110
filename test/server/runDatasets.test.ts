import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { datasetSchema, imagePageSchema } from '#inkling/server/apiSchemas.js';
import { datasetRoutes } from '#inkling/server/datasets/datasetRoutes.js';
import { DatasetStore } from '#inkling/server/datasets/datasetStore.js';
import { listRunDatasets } from '#inkling/runs/dataset/runDatasets.js';
import { inkling } from '../cli/capture.js';
import { pngFiles, writeFileTree } from '../data/imageFolder/samples.js';
import { temporaryFolder } from '../data/tinySet.js';
import { createTestServer } from './testServer.js';

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
});

test('shows a folder that a run was trained on, as long as the folder exists', async () => {
  const [runs, folder] = [temporaryFolder(), join(temporaryFolder(), 'pets')];
  writeFileTree(folder, {
    ...(await pngFiles('cat', 5, [10, 20, 30])),
    ...(await pngFiles('dog', 5, [110, 120, 130])),
    'dog/broken.png': 'not an image',
  });
  const argv = [
    'train',
    '--dataset',
    folder,
    '--skip-unreadable',
    '--image-size',
    '6',
    '--model',
    'mlp',
    '--input',
    'photo',
  ];
  await inkling([...argv, '--epochs', '1', '--run-dir', runs]);
  writeFileSync(join(runs, 'mlp-pets-1', 'x'), '');

  expect(listRunDatasets(runs)).toMatchObject([
    { name: 'pets', path: folder, imageSize: 6, input: 'photo', skipUnreadable: true },
  ]);
  const { server } = await createTestServer([
    datasetRoutes(new DatasetStore(undefined, {}, () => listRunDatasets(runs))),
  ]);
  const { datasets } = (await server.inject('/api/data')).json<{ datasets: object[] }>();
  expect(datasets).toContainEqual({ name: 'pets', available: true });
  const summary = datasetSchema.parse((await server.inject('/api/data/pets')).json());
  expect(summary).toMatchObject({ shape: [6, 6, 3], classes: ['cat', 'dog'], counts: { test: [1, 1] } });
  expect(summary.source).toBe('files, not verified: no known hash');
  const { pixels, labels } = imagePageSchema.parse((await server.inject('/api/data/pets/test')).json());
  expect(labels).toEqual([0, 1]);
  expect([...Buffer.from(pixels, 'base64').subarray(0, 2)]).toEqual([10, 20]);

  rmSync(folder, { recursive: true });
  const missing = await server.inject('/api/data/pets');
  expect(missing.statusCode).toBe(404);
  expect(missing.json()).toMatchObject({
    detail: `data set "pets": ${folder} no longer exists`,
  });
});
