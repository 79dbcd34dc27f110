import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { withAbsolutePaths } from '#inkling/runs/dataset/absolutePaths.js';
import { temporaryFolder } from '../../data/tinySet.js';

test('makes paths absolute, but leaves names and other settings unchanged', () => {
  expect(
    withAbsolutePaths({
      dataset: './pets',
      dataDir: 'data',
      model: 'net.json',
      initFrom: 'runs/a',
      epochs: 3,
    }),
  ).toEqual({
    dataset: resolve('pets'),
    dataDir: resolve('data'),
    model: resolve('net.json'),
    initFrom: resolve('runs/a'),
    epochs: 3,
  });
  expect(withAbsolutePaths({ dataset: 'mnist', model: 'mlp' })).toEqual({ dataset: 'mnist', model: 'mlp' });
  expect(withAbsolutePaths({ dataset: 'digits' })).toEqual({ dataset: 'digits' });
  expect(withAbsolutePaths({})).toEqual({});
});

test('a name is a path if it exists', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'pets'));
  const path = relative('.', join(folder, 'pets'));
  expect(withAbsolutePaths({ dataset: path })).toEqual({ dataset: join(folder, 'pets') });
  expect(withAbsolutePaths({ dataset: 'no-such-name' })).toEqual({ dataset: 'no-such-name' });
});
