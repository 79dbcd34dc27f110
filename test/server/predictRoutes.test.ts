import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImagePreprocessor } from '#inkling/images/preprocessor.js';
import { BatchPredictor } from '#inkling/predict/batchPredictor.js';
import { layersToObserve } from '#inkling/predict/calibration.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { predictionsOf } from '#inkling/predict/predictions.js';
import { MAX_UPLOAD_PIXELS } from '#inkling/server/limits.js';
import { predictRoutes } from '#inkling/server/predictRoutes.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { drawDigit } from '../helpers/drawnDigits.js';
import { craftPng, encodeJpeg, encodePng } from '../helpers/encodeImage.js';
import { createTestServer } from './testServer.js';

const trained = readTrainedModel(PRETRAINED_RUN);
const { saved } = trained;
const activations = layersToObserve(saved.calibration);
let predictor: BatchPredictor;
let preprocessor: ImagePreprocessor;
let compiled: CompiledModel;
beforeAll(async () => {
  predictor = await BatchPredictor.start(saved, { queueLimit: 256, activations });
  preprocessor = new ImagePreprocessor(saved.model.input, undefined, {
    largestImage: MAX_UPLOAD_PIXELS,
  });
  compiled = await CompiledModel.create(saved, { activations });
});
afterAll(async () => {
  await predictor.close();
  await preprocessor.close();
});

const seven = await encodePng(drawDigit(7, { name: 'plain' }, 7));
const three = await encodeJpeg(drawDigit(3, { name: 'plain' }, 3));
const line = Array.from({ length: 784 }, (_, at) => Number(at % 28 === 14 && at > 112 && at < 672));

interface Response {
  readonly model: string;
  readonly predictions: readonly Record<string, unknown>[];
}

async function start() {
  const { server } = await createTestServer([predictRoutes({ trained, predictor, preprocessor })]);
  return (payload: string | Buffer, type: string, query = '') =>
    server.inject({
      method: 'POST',
      url: `/v1/predict${query}`,
      headers: { 'content-type': type },
      payload,
    });
}

const BOUNDARY = 'x'.repeat(20);

function form(files: readonly (readonly [name: string, bytes: Uint8Array])[]): Buffer {
  const parts = files.flatMap(([name, bytes]) => [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="${name}"\r\n\r\n`,
    bytes,
    '\r\n',
  ]);
  return Buffer.concat([...parts, `--${BOUNDARY}--\r\n`].map((part) => Buffer.from(part as string)));
}

test('classifies an image file', async () => {
  const post = await start();
  const response = await post(Buffer.from(seven), 'image/png');
  expect(response.statusCode).toBe(200);
  const inputs = await preprocessor.preprocess(seven);
  const predictions = predictionsOf(inputs, compiled.runSync(inputs.pixels), trained.saved, 2);
  expect(response.json()).toEqual({ model: 'report-cnn', predictions });
  expect(predictions[0].class).toBe('7');
});

test('classifies the files of a form in order, by name', async () => {
  const post = await start();
  const payload = form([
    ['../../etc/passwd', seven],
    ['drei.jpg', three],
  ]);
  const response = await post(payload, `multipart/form-data; boundary=${BOUNDARY}`, '?top=1');
  expect(response.json<Response>().predictions).toMatchObject([
    // The folders of a name are removed. No file of that name is written.
    { file: 'passwd', class: '7' },
    { file: 'drei.jpg', class: '3' },
  ]);
});

test('classifies the other files of a form if one cannot be read', async () => {
  const post = await start();
  const type = `multipart/form-data; boundary=${BOUNDARY}`;
  const bad = new TextEncoder().encode('seven');
  const response = await post(
    form([
      ['a.txt', bad],
      ['7.png', seven],
      ['b.png', new Uint8Array()],
    ]),
    type,
  );
  expect(response.statusCode).toBe(200);
  expect(response.json<Response>().predictions).toMatchObject([
    { file: 'a.txt', error: expect.stringContaining('the file is a text file') as string },
    { file: '7.png', class: '7' },
    { file: 'b.png', error: expect.stringContaining('empty') as string },
  ]);
  const none = await post(
    form([
      ['a.txt', bad],
      ['b.txt', bad],
    ]),
    type,
  );
  expect(none.json()).toMatchObject({
    status: 422,
    detail: expect.stringContaining('a.txt: the file is a text') as string,
  });
});

test('classifies images given as numbers', async () => {
  const post = await start();
  const pixels = [...line, ...new Array<number>(784).fill(0)];
  const response = await post(JSON.stringify({ pixels }), 'application/json', '?top=10');
  const inputs = { pixels: Float32Array.from(pixels), concerns: [] };
  const predictions = predictionsOf(inputs, compiled.runSync(inputs.pixels), trained.saved, 10);
  expect(response.json<Response>().predictions).toEqual(predictions);
  expect(predictions[1].reasons.map(({ code }) => code)).toContain('empty');
});

test('runs simultaneous requests as one batch, with the same results as one at a time', async () => {
  const batches: number[] = [];
  const batching = await BatchPredictor.start(saved, {
    queueLimit: 256,
    onBatch: (images) => batches.push(images),
  });
  const images = Array.from({ length: 100 }, (_, i) => Float32Array.from(line, (value) => (value * i) / 100));
  const responses = await Promise.all(
    images.map((pixels) => batching.run(pixels).then(({ logits }) => logits)),
  );
  expect(responses).toEqual(images.map((pixels) => compiled.runSync(pixels).logits));
  expect(batches).toEqual([64, 36]);
  await batching.close();
  expect(batching.isReady).toBe(false);
});

const UNPROCESSABLE = 422;
const BODY = 'body: expected {"pixels": [numbers]}, got something else';
const SIZE = (count: number) =>
  `pixels: expected 784 numbers per image of shape 28×28×1 and 1 to 64 images, got ${count} numbers`;
const RANGE = (value: string) =>
  `pixels[3]: expected a number from 0 (background) to 1 (foreground), got ${value}; divide bytes by 255`;
const withFourth = (value: string) => `{"pixels":[0,0,0,${value}${',0'.repeat(780)}]}`;

test.each([
  ['{', 'application/json', 400, "Body is not valid JSON but content-type is set to 'application/json'"],
  ['[]', 'application/json', UNPROCESSABLE, BODY],
  ['null', 'application/json', UNPROCESSABLE, BODY],
  ['{"pixels":"zeros"}', 'application/json', UNPROCESSABLE, BODY],
  [
    '{"pixel":[]}',
    'application/json',
    UNPROCESSABLE,
    'body: unknown name "pixel" (did you mean "pixels"?); expected pixels',
  ],
  [
    '{"pixels":[],"model":"x"}',
    'application/json',
    UNPROCESSABLE,
    'body: unknown name "model"; expected pixels',
  ],
  ['{"__proto__":{"pixels":[]}}', 'application/json', 400, undefined],
  ['{"pixels":[]}', 'application/json', UNPROCESSABLE, SIZE(0)],
  ['{"pixels":[0,1]}', 'application/json', UNPROCESSABLE, SIZE(2)],
  [`{"pixels":[${'0,'.repeat(784 * 65 - 1)}0]}`, 'application/json', UNPROCESSABLE, SIZE(784 * 65)],
  [withFourth('255'), 'application/json', UNPROCESSABLE, RANGE('255')],
  [withFourth('-1'), 'application/json', UNPROCESSABLE, RANGE('-1')],
  [withFourth('"1"'), 'application/json', UNPROCESSABLE, RANGE('"1"')],
  [withFourth('null'), 'application/json', UNPROCESSABLE, RANGE('null')],
  [`{"pixels":[${' '.repeat(2 ** 20)}]}`, 'application/json', 413, 'Request body is too large'],
  [
    'seven',
    'text/plain',
    415,
    'expected an image ("Content-Type: image/png"), a form with image files, or JSON',
  ],
  [
    'seven',
    'image/png',
    UNPROCESSABLE,
    'the file is a text file, expected a PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, or SVG image',
  ],
  [
    Buffer.from(seven.subarray(0, 200)),
    'image/png',
    UNPROCESSABLE,
    'the PNG file is damaged or truncated; save it again',
  ],
  [
    Buffer.from(craftPng(50_000, 50_000, new Uint8Array(9))),
    'image/png',
    UNPROCESSABLE,
    'the image has 50000 × 50000 pixels, expected 1 to 25,000,000 in total; resize it',
  ],
  [
    Buffer.from(craftPng(50_000, 1, new Uint8Array(50_001))),
    'image/png',
    UNPROCESSABLE,
    'no ink found; expected a dark drawing on light paper, or a light one on dark',
  ],
  [Buffer.alloc(20_000_001), 'image/png', 413, 'Request body is too large'],
  [
    form([]),
    `multipart/form-data; boundary=${BOUNDARY}`,
    UNPROCESSABLE,
    'form: expected 1 to 16 files, got none',
  ],
  [
    form([['a.png', new Uint8Array(9)]]),
    `multipart/form-data; boundary=${BOUNDARY}`,
    UNPROCESSABLE,
    'a.png: the file is binary data of an unknown type, expected a PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, or SVG image',
  ],
  [
    form(Array.from({ length: 17 }, (_, i): [string, Uint8Array] => [`${i}.png`, seven])),
    `multipart/form-data; boundary=${BOUNDARY}`,
    413,
    'form: expected 1 to 16 files, got more',
  ],
  [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--${BOUNDARY}--\r\n`,
    `multipart/form-data; boundary=${BOUNDARY}`,
    400,
    'form: expected only image files, got the text field "a"; send it as a file, or leave it out',
  ],
  [
    form([['large.png', new Uint8Array(20_000_001)]]),
    `multipart/form-data; boundary=${BOUNDARY}`,
    413,
    'large.png: expected at most 20,000,000 bytes, got more; save a smaller image',
  ],
  [
    'no form',
    `multipart/form-data; boundary=${BOUNDARY}`,
    400,
    'the form is damaged or incomplete; send it again',
  ],
])('rejects invalid input: %#', async (payload, type, status, detail) => {
  const post = await start();
  const response = await post(payload, type);
  expect(response.headers['content-type']).toMatch('application/problem+json');
  const problem = response.json<{ status: number; detail: string; code: string }>();
  expect(problem.status).toBe(status);
  expect(problem.code).toBe(status === UNPROCESSABLE ? 'invalid-input' : 'usage');
  if (detail !== undefined) expect(problem.detail).toBe(detail);
  expect(problem.detail).not.toMatch(/\n|\bat \/|node_modules/);
});

test('rejects an unknown name in the query', async () => {
  const post = await start();
  const response = await post(JSON.stringify({ pixels: line }), 'application/json', '?tpo=1');
  expect(response.json()).toMatchObject({
    status: 400,
    detail: 'query: unknown name "tpo" (did you mean "top"?); expected top',
  });
});

test.each(['?top=0', '?top=many', '?top=1&top=2'])('rejects the query %s', async (query) => {
  const post = await start();
  const response = await post(JSON.stringify({ pixels: line }), 'application/json', query);
  expect(response.json()).toMatchObject({
    status: 400,
    detail: 'query: expected nothing or top=K with an integer K from 1 to 1000, got something else',
  });
});

test('rejects requests when the queue is full, with a time to retry', async () => {
  const small = await BatchPredictor.start(saved, { queueLimit: 1 });
  const { server } = await createTestServer([predictRoutes({ trained, predictor: small, preprocessor })]);
  const send = () => server.inject({ method: 'POST', url: '/v1/predict', payload: { pixels: line } });
  const responses = await Promise.all([send(), send()]);
  expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([200, 503]);
  const rejected = responses.find(({ statusCode }) => statusCode === 503);
  expect(rejected?.headers['retry-after']).toBe('1');
  expect(rejected?.json()).toMatchObject({ detail: '1 images are already waiting; try again later' });
  await small.close();
});

test('describes the model', async () => {
  const { server } = await createTestServer([predictRoutes({ trained, predictor, preprocessor })]);
  expect((await server.inject('/v1/model')).json()).toEqual({
    name: 'report-cnn',
    dataset: 'mnist',
    classes: '0123456789'.split(''),
    input: { height: 28, width: 28, channels: 1 },
    parameters: 25_386,
  });
});
