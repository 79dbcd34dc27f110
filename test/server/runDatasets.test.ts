import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { datasetSchema, imagePageSchema } from '#inkling/server/apiSchemas.js';
import { datasetRoutes } from '#inkling/server/datasets/datasetRoutes.js';
import { DatasetLoader } from '#inkling/server/datasets/datasetLoader.js';
import { DatasetStore } from '#inkling/server/datasets/datasetStore.js';
import { listRunDatasets, runDatasetOf } from '#inkling/runs/dataset/runDatasets.js';
import { readRun } from '#inkling/runs/readRun.js';
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
    datasetRoutes(
      new DatasetStore(undefined, {}, { list: () => listRunDatasets(runs), find: () => undefined }),
    ),
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

test('shows the data set of each run, although another run has one of the same name', async () => {
  const [runs, first, second] = [temporaryFolder(), temporaryFolder(), temporaryFolder()].map((folder) =>
    join(folder, 'pets'),
  );
  writeFileTree(first, {
    ...(await pngFiles('cat', 5, [10, 10, 10])),
    ...(await pngFiles('dog', 5, [110, 110, 110])),
  });
  writeFileTree(second, {
    ...(await pngFiles('cat', 5, [60, 60, 60])),
    ...(await pngFiles('dog', 5, [160, 160, 160])),
  });
  const train = ['train', '--epochs', '1', '--model', 'mlp', '--run-dir', runs, '--image-size'];
  await inkling([...train, '6', '--dataset', first]);
  await inkling([...train, '4', '--dataset', second]);
  const { server } = await createTestServer([
    datasetRoutes(
      new DatasetStore(
        undefined,
        {},
        {
          list: () => listRunDatasets(runs),
          find: (run) => runDatasetOf(readRun(join(runs, run))),
        },
      ),
    ),
  ]);
  const pixelsOf = async (query: string) => {
    const page = await server.inject(`/api/data/pets/test${query}`);
    return [...Buffer.from(imagePageSchema.parse(page.json()).pixels, 'base64')];
  };
  const images = [await pixelsOf('?run=mlp-pets-1'), await pixelsOf('?run=mlp-pets-2'), await pixelsOf('')];
  expect(images.map(({ length }) => length)).toEqual([2 * 36 * 3, 2 * 16 * 3, 2 * 16 * 3]);
  expect(images.map(([pixel]) => pixel)).toEqual([10, 60, 60]);
});

test('prepares a data set that is available by name as a run did', () => {
  const own = { name: 'digits', path: undefined, imageSize: 32, input: 'photo' } as const;
  const store = new DatasetStore(undefined, {}, { list: () => [], find: () => own });
  const load = vi.spyOn(DatasetLoader.prototype, 'load').mockReturnValue(new Promise(() => undefined));
  void store.open('digits', undefined, 'resnet-18-digits-1');
  void store.open('digits');
  const requests = load.mock.calls.map(([, request]) => request);
  expect(requests).toMatchObject([{ name: 'digits', imageSize: 32, input: 'photo' }, { name: 'digits' }]);
  expect(requests[1]).not.toHaveProperty('imageSize');
  load.mockRestore();
});
