import { expect, test } from 'vitest';
import { catalog } from '#inkling/data/catalog/catalog.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { split } from '#inkling/data/split.js';
import { datasetSchema, imagePageSchema } from '#inkling/server/apiSchemas.js';
import { datasetRoutes } from '#inkling/server/datasets/datasetRoutes.js';
import { DatasetStore } from '#inkling/server/datasets/datasetStore.js';
import { Problem } from '#inkling/server/problem.js';
import { createTestServer } from './testServer.js';

const dataset = generateDigits({ seed: 3, train: 200, test: 30 });

/** A store with one data set in memory. */
class OneDataset extends DatasetStore {
  override open(name: string) {
    if (name !== 'digits') throw new Problem(404, `data set "${name}": not found`);
    return Promise.resolve(dataset);
  }
}

const routes = [datasetRoutes(new OneDataset(undefined, {}))];

test('counts the images per part and class', async () => {
  const { server } = await createTestServer(routes);
  const summary = datasetSchema.parse((await server.inject('/api/data/digits')).json());
  expect(summary.shape).toEqual([28, 28, 1]);
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const { train, validation, test } = summary.counts;
  expect([total(train), total(validation), total(test)]).toEqual([180, 20, 30]);
  const labels = split(200, 42).validation.map((index) => dataset.train.labels[index]);
  expect(validation[4]).toBe(labels.filter((label) => label === 4).length);
});

test('returns the images of a part in the order of the file', async () => {
  const { server } = await createTestServer(routes);
  const { json } = await server.inject('/api/data/digits/validation');
  const { indices, total } = imagePageSchema.parse(json());
  expect(total).toBe(20);
  expect(indices).toEqual([...split(200, 42).validation].sort((a, b) => a - b));
});

test('returns the images of a class', async () => {
  const { server } = await createTestServer(routes);
  const { json } = await server.inject('/api/data/digits/validation?label=4&first=1&count=2');
  const images = imagePageSchema.parse(json());
  const expected = [...split(200, 42).validation]
    .filter((index) => dataset.train.labels[index] === 4)
    .sort((a, b) => a - b);
  expect(images.total).toBe(expected.length);
  expect(images.indices).toEqual(expected.slice(1, 3));
  expect(images.labels).toEqual(images.indices.map(() => 4));
  const pixels = Buffer.from(images.pixels, 'base64');
  images.indices.forEach((index, position) => {
    const image = dataset.train.images.subarray(index * 784, (index + 1) * 784);
    expect(pixels.subarray(position * 784, (position + 1) * 784).equals(image)).toBe(true);
  });
});

test.each([
  ['/api/data/digits/test?count=1001', 400, 'request: count: expected at most 1000, got 1001'],
  ['/api/data/digits/test?first=-1', 400, 'request: first: expected at least 0, got -1'],
  ['/api/data/digits/test?label=x', 400, 'request: label: expected a number, got NaN'],
  ['/api/data/digits/all', 400, 'request: part: unknown value "all"; expected train, validation or test'],
  ['/api/data/..%2fetc/test', 404, 'data set "../etc": not found'],
  [
    '/api/data/digits/test?lable=3',
    400,
    'query: unknown name "lable" (did you mean "label"?); expected label, first, count or run',
  ],
])('responds to %s with %i', async (path, status, detail) => {
  const { server } = await createTestServer(routes);
  const response = await server.inject(path);
  expect(response.json()).toMatchObject({ status, detail });
});

test('opens data sets by name only, never by path', () => {
  const datasets = new DatasetStore('/nowhere', {});
  expect(datasets.list().map(({ name }) => name)).toEqual([...catalog.map(({ name }) => name), 'digits']);
  expect(() => datasets.open('/etc')).toThrow('unknown data set "/etc"; GET /api/data lists the data sets');
  expect(() => datasets.open('minst')).toThrow(
    'unknown data set "minst" (did you mean "mnist"?); GET /api/data lists the data sets',
  );
});
