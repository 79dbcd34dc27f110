import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { toBytes } from '#inkling/core/pixels.js';
import { DATASET_PARTS } from '#inkling/data/parts.js';
import { resizePhoto } from '#inkling/images/resize/resizePhoto.js';
import { ImagePreprocessor } from '#inkling/images/preprocessor.js';
import { flatten, linear } from '#inkling/layers/index.js';
import { Classifier } from '#inkling/library/classifier.js';
import { createDataset } from '#inkling/library/createDataset.js';
import { BatchPredictor } from '#inkling/predict/batchPredictor.js';
import { saveClassifier } from '#inkling/predict/load.js';
import { predictFiles } from '#inkling/predict/predictFiles.js';
import { predictTable } from '#inkling/predict/predictTable.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { DatasetStore } from '#inkling/server/datasets/datasetStore.js';
import { predictRoutes } from '#inkling/server/predictRoutes.js';
import { inkling } from '../cli/capture.js';
import { load } from '../data/imageFolder/samples.js';
import { loadedSet } from '../data/loaded.js';
import { temporaryFolder } from '../data/tinySet.js';
import { encodePng } from '../helpers/encodeImage.js';
import { sharedFolder } from '../helpers/run.js';
import { pattern } from '../images/resize/pattern.js';
import { createTestServer } from './testServer.js';

// How photos are prepared is the same in every front end. The page is tested in test/web/draw.

const SHAPE = [8, 8, 3] as const;
const image = pattern(37, 23);
const expected = resizePhoto(image, SHAPE);
const folder = sharedFolder();
const [model, file] = [join(folder, 'photos.safetensors'), join(folder, 'image.png')];
let png: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  png = await encodePng(image);
  writeFileSync(file, png);
  const weight = Float32Array.from({ length: 2 * 192 }, (_, i) => ((i * 37) % 101) / 101 - 0.5);
  saveClassifier(
    {
      model: {
        name: 'photos',
        input: SHAPE,
        layers: [flatten({ name: 'flatten' }), linear({ name: 'fc', outFeatures: 2 })],
      },
      weights: new Map([
        ['fc.weight', weight],
        ['fc.bias', Float32Array.of(0, 0)],
      ]),
      classes: ['a', 'b'],
      dataset: 'patterns',
      inputKind: 'photo',
      batches: 0,
    },
    model,
  );
});
beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
});

test('the library, the command line, and the server prepare a file in the same way', async () => {
  const trained = readTrainedModel(model);
  const { saved } = trained;
  expect(saved.inputKind).toBe('photo');
  let input = new Float32Array();
  const predictions = predictFiles(trained, [{ file }], { onInput: (images) => (input = images.slice()) });
  const { value: prediction } = await predictions.next();
  await predictions.return();
  expect(toBytes(input)).toEqual(expected);

  await using classifier = await Classifier.create(saved);
  expect(classifier.inputKind).toBe('photo');
  const fromPixels = await classifier.classify({ pixels: expected, shape: SHAPE });
  for (const each of [png, file, image]) expect(await classifier.classify(each)).toEqual(fromPixels);
  const predicted = { class: fromPixels.label, confidence: fromPixels.probability };
  expect(prediction).toMatchObject({ images: [predicted] });

  const json = await inkling(['predict', model, file, '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ predictions: [predicted] });

  const predictor = await BatchPredictor.start(saved, { queueLimit: 1 });
  const preprocessor = new ImagePreprocessor(saved.model.input, saved.inputKind);
  const { server } = await createTestServer([predictRoutes({ trained, predictor, preprocessor })]);
  const headers = { 'content-type': 'image/png' };
  const payload = Buffer.from(png);
  const response = await server.inject({ method: 'POST', url: '/v1/predict', headers, payload });
  expect(response.json()).toMatchObject({ predictions: [predicted] });
  await Promise.all([predictor.close(), preprocessor.close()]);
});

test('pixels in a table are a model’s input as they are', async () => {
  const table = join(temporaryFolder(), 'table.csv');
  writeFileSync(table, `${[...expected.keys()].map((i) => `pixel${i}`).join(',')}\n${expected.join(',')}\n`);
  const trained = readTrainedModel(model);
  await using classifier = await Classifier.create(trained.saved);
  const { label, probability } = await classifier.classify({ pixels: expected, shape: SHAPE });
  expect(await predictTable(trained, table)).toMatchObject([{ class: label, confidence: probability }]);
});

test('data sets are prepared like predictions, also for a model and by the server', async () => {
  const photos = temporaryFolder();
  for (const path of ['train/a', 'train/b', 'test/a', 'test/b']) {
    mkdirSync(join(photos, path), { recursive: true });
    writeFileSync(join(photos, path, '0.png'), png);
  }
  const whole = await load(photos, { imageSize: 8 });
  expect([...loadedSet(whole.test).images]).not.toEqual([...expected, ...expected]);
  const ofRun = { name: 'photos', path: photos, imageSize: 8, input: 'photo' } as const;
  const store = new DatasetStore(undefined, {}, { list: () => [ofRun], find: () => ofRun });
  const forModel = { input: SHAPE, inputKind: 'photo', classes: ['a', 'b'] } as const;
  for (const dataset of [
    await load(photos, { imageSize: 8, input: 'photo' }),
    await load(photos, { model: forModel }),
    await store.open('photos'),
  ]) {
    expect(dataset.inputKind).toBe('photo');
    expect([...loadedSet(dataset.test).images]).toEqual([...expected, ...expected]);
  }
  store.close();
  const labeled = ['a', 'b'].flatMap((label) => DATASET_PARTS.map((part) => ({ image: png, label, part })));
  const made = await createDataset(labeled, { name: 'made', shape: SHAPE, inputKind: 'photo' });
  expect(made).toMatchObject({ inputKind: 'photo' });
  expect([...loadedSet(made.test).images]).toEqual([...expected, ...expected]);
});
