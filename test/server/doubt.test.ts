import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImagePreprocessor } from '#inkling/images/preprocessor.js';
import { BatchPredictor } from '#inkling/predict/batchPredictor.js';
import { layersToObserve } from '#inkling/predict/calibration.js';
import type { Doubt } from '#inkling/predict/doubt.js';
import { predictFiles, type PredictFilesOptions } from '#inkling/predict/predictFiles.js';
import type { FilePrediction } from '#inkling/predict/predictions.js';
import { predictTable } from '#inkling/predict/predictTable.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { predictRoutes } from '#inkling/server/predictRoutes.js';
import { inkling } from '../cli/capture.js';
import { temporaryFolder } from '../data/tinySet.js';
import { beside, drawDigit } from '../helpers/drawnDigits.js';
import { encodePng } from '../helpers/encodeImage.js';
import { createTestServer } from './testServer.js';

// The page judges with the same code, which test/web/draw tests.

const trained = readTrainedModel(PRETRAINED_RUN);
let predictor: BatchPredictor;
let preprocessor: ImagePreprocessor;
beforeAll(async () => {
  predictor = await BatchPredictor.start(trained.saved, {
    queueLimit: 256,
    activations: layersToObserve(trained.saved.calibration),
  });
  preprocessor = new ImagePreprocessor(trained.saved.model.input, trained.saved.inputKind);
});
afterAll(async () => {
  await predictor.close();
  await preprocessor.close();
});

async function predict(file: string, options?: PredictFilesOptions): Promise<FilePrediction[]> {
  const predictions: FilePrediction[] = [];
  for await (const prediction of predictFiles(trained, [{ file }], options)) predictions.push(prediction);
  return predictions;
}

interface Response {
  readonly predictions: readonly Doubt[];
}

async function post(payload: Buffer | string, type: string): Promise<Doubt> {
  const { server } = await createTestServer([predictRoutes({ trained, predictor, preprocessor })]);
  const headers = { 'content-type': type };
  const response = await server.inject({ method: 'POST', url: '/v1/predict', headers, payload });
  return response.json<Response>().predictions[0];
}

test('library, command line and server give the same reasons to doubt two digits in one image', async () => {
  const file = join(temporaryFolder(), 'two.png');
  writeFileSync(
    file,
    await encodePng(beside([3, 7].map((digit) => drawDigit(digit, { name: 'plain' }, digit)))),
  );
  const [fromLibrary] = await predict(file);
  if ('error' in fromLibrary) throw new Error(fromLibrary.error);
  const [expected] = fromLibrary.images;
  expect(expected.reasons.map(({ code }) => code)).toContain('several-digits');

  expect(await post(readFileSync(file), 'image/png')).toEqual(expected);
  const csv = join(temporaryFolder(), 'out.csv');
  const { stdout } = await inkling(['predict', file, '--csv', csv]);
  const text = expected.reasons.map((reason) => reason.text).join('; ');
  expect(stdout).toContain(`; doubtful: ${text}\n`);
  expect(readFileSync(csv, 'utf8')).toContain(`,true,"${text}"\n`);
  const json = await inkling(['predict', file, '--json']);
  expect((JSON.parse(json.stdout) as Response).predictions).toEqual([{ file, ...expected }]);

  const asNumber = await predict(file, { content: 'number' });
  expect(JSON.stringify(asNumber)).not.toContain('several-digits');
});

test.each([
  ['blank', () => 0, 'empty'],
  ['full', () => 255, 'empty'],
  ['a checkerboard', (at: number) => 255 * ((at + Math.floor(at / 28)) % 2), 'noise'],
  ['hash noise', (at: number) => (at * 2_654_435_761) % 251, 'noise'],
])('pixels that are %s are doubtful in a table and in a request', async (_, pixel, code) => {
  const pixels = Array.from({ length: 784 }, (_, at) => pixel(at));
  const file = join(temporaryFolder(), 'table.csv');
  writeFileSync(file, `${pixels.map((_, at) => `pixel${at}`).join(',')}\n${pixels.join(',')}\n`);
  const [expected] = await predictTable(trained, file);
  expect(expected.doubtful).toBe(true);
  expect(expected.reasons[0].code).toBe(code);
  const body = JSON.stringify({ pixels: pixels.map((value) => value / 255) });
  expect(await post(body, 'application/json')).toEqual(expected);
  const json = await inkling(['predict', file, '--json']);
  expect((JSON.parse(json.stdout) as Response).predictions).toEqual([expected]);
  expect((await inkling(['predict', file])).stdout).toContain(`; doubtful: ${expected.reasons[0].text}`);
  const csv = await inkling(['predict', file, '--csv', join(temporaryFolder(), 'out.csv')]);
  expect(csv.stdout).toContain(', 1 of them doubtful');
});
