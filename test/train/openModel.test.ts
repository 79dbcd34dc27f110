import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { preset } from '#inkling/models/presets.js';
import { assertKnownModel, modelNameOf, openModel } from '#inkling/train/openModel.js';
import { temporaryFolder } from '../data/tinySet.js';

const data = { input: [8, 8, 1], classes: 3 };
const layers = [{ type: 'flatten' }, { type: 'linear', outFeatures: 'classes' }];

function fileOf(text: string, name = 'my-net.json'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

test('opens presets by name, and files by path', () => {
  expect(openModel('mlp', data)).toEqual(preset('mlp', data));
  expect(openModel(fileOf(JSON.stringify({ layers }), 'tiny.JSON'), data)).toMatchObject({
    name: 'tiny',
    input: data.input,
  });
  expect(openModel(fileOf(JSON.stringify({ name: 'other', layers })), data).name).toBe('other');
});

test('names a model after its file, without the extension', () => {
  expect(['mlp', 'my-net.json', 'nets/v1.2.json'].map(modelNameOf)).toEqual(['mlp', 'my-net', 'v1.2']);
});

test('reports invalid, ambiguous, and missing files', () => {
  const broken = fileOf('{ "layers": [');
  expect(() => openModel(broken, data)).toThrow(InklingError);
  expect(() => openModel(broken, data)).toThrow(
    /my-net\.json: is not valid JSON: .*JSON.*; check commas, quotes, and brackets$/,
  );
  expect(() => openModel(fileOf('{ "layers": [], "layers": [] }'), data)).toThrow(
    /my-net\.json: has the key "layers" twice; save it again$/,
  );
  expect(() => openModel('nowhere.json', data)).toThrow(
    new InklingError('cannot read nowhere.json: no such file or folder; check the path'),
  );
});

test('detects errors in a model before the data set is known', () => {
  assertKnownModel('mlp');
  assertKnownModel(fileOf(JSON.stringify({ input: [5, 5, 2], layers })));
  expect(() => {
    assertKnownModel(fileOf(JSON.stringify({ layers: [{ type: 'conv2d', kernel: 3 }] })));
  }).toThrow(/my-net\.json: 0 \(conv2d\): outChannels: expected a number, got undefined$/);
  expect(() => {
    assertKnownModel('lstm');
  }).toThrow('unknown model "lstm"; expected report-cnn, ');
});
