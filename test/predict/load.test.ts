import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import { encodeCheckpoint, type SavedModel } from '#inkling/interop/checkpoint.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { readSavedModel, saveClassifier } from '#inkling/predict/load.js';
import { temporaryFolder } from '../data/tinySet.js';

const model = preset('mlp', { input: [4, 4, 1], classes: 2 });
const weights = initialWeights(resolveModel(model), new Random(1));
const saved: SavedModel = { model, weights, classes: ['no', 'yes'], dataset: 'a few', batches: 12 };
const image = Float32Array.from({ length: 16 }, (_, i) => i / 16);

test('loads a saved model from a file', async () => {
  const file = join(temporaryFolder(), 'model.safetensors');
  saveClassifier(saved, file);
  // Without running statistics, the number of batches is not saved.
  expect(readSavedModel(file)).toEqual({ ...saved, batches: 0 });
  const [before, loaded] = await Promise.all(
    [saved, readSavedModel(file)].map((each) => CompiledModel.create(each)),
  );
  expect(loaded.runSync(image)).toEqual(before.runSync(image));
});

test('loads the best weights of a run', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'checkpoints'));
  writeFileSync(join(folder, 'checkpoints', 'best.safetensors'), encodeCheckpoint(saved));
  expect(readSavedModel(folder).weights).toEqual(weights);
});

test('reports a missing file', () => {
  const folder = temporaryFolder();
  const [file, best] = [join(folder, 'model.safetensors'), join(folder, 'checkpoints', 'best.safetensors')];
  for (const [path, missing] of [
    [file, file],
    [folder, best],
  ]) {
    expect(() => readSavedModel(path)).toThrow(
      new InklingError(`cannot read ${missing}: no such file or folder; check the path`),
    );
  }
});

test('rejects a damaged file, naming it', () => {
  const file = join(temporaryFolder(), 'model.safetensors');
  const bytes = encodeCheckpoint(saved);
  for (const broken of [
    new Uint8Array(),
    bytes.subarray(0, 100),
    bytes.subarray(0, -1),
    new Uint8Array(500).fill(65),
  ]) {
    writeFileSync(file, broken);
    const load = () => readSavedModel(file);
    expect(load).toThrow(InklingError);
    expect(load).toThrow(`${file}: `);
  }
});
