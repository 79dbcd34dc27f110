import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ClosedError,
  FetchError,
  InvalidInputError,
  UnsupportedError,
  UsageError,
} from '#inkling/core/errors.js';
import { toBytes } from '#inkling/core/pixels.js';
import { Classifier } from '#inkling/library/classifier.js';
import { loadClassifier } from '#inkling/library/loadClassifier.js';
import type { ImageInput } from '#inkling/library/imageInput.js';
import { predictFiles } from '#inkling/predict/predictFiles.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { sharedFolder } from '../helpers/run.js';
import { drawDigit, drawingStyles } from '../helpers/drawnDigits.js';
import { encodePng } from '../helpers/encodeImage.js';

const MODEL = join(PRETRAINED_RUN, 'checkpoints', 'best.safetensors');
const folder = sharedFolder();
const digit = drawDigit(7, drawingStyles[0], 3);
const file = join(folder, 'seven.png');
const SHAPE = [28, 28, 1];

let classifier: Classifier;
let bytes: Uint8Array<ArrayBuffer>;
let server: Server;
let address: string;
beforeAll(async () => {
  bytes = await encodePng(digit);
  writeFileSync(file, bytes);
  classifier = await loadClassifier(MODEL);
  server = createServer((request, response) => {
    const content = { '/model': MODEL, '/image': file }[request.url ?? ''];
    if (request.url === '/broken') request.socket.destroy();
    else if (content === undefined) response.writeHead(404).end();
    else response.end(readFileSync(content));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await classifier.close();
});

test('states what the file says about the model', () => {
  expect(classifier.labels).toEqual([...'0123456789']);
  expect(classifier.shape).toEqual(SHAPE);
  expect(classifier.inputKind).toBe('digit');
  expect(classifier.threads).toBe(1);
  expect(classifier.calibration?.familiarity?.prototypes.layer).toBe('layer2.3');
  expect(classifier.training).toMatchObject({ dataset: 'mnist', epochs: 5, seed: 0, date: '2026-11-26' });
});

test('classifies like the command', async () => {
  const predictions = predictFiles(readTrainedModel(PRETRAINED_RUN), [{ file }], { top: 3 });
  const { value: expected } = await predictions.next();
  await predictions.return();
  if (expected === undefined || 'error' in expected) throw new Error('no prediction');
  const [image] = expected.images;
  const result = await classifier.classify(file, { top: 3 });
  expect(result).toEqual({
    label: '7',
    probability: image.confidence,
    doubt: image.doubtful ? image.reasons : undefined,
    top: image.top.map((each) => ({ label: each.class, probability: each.confidence })),
  });
});

describe('the same image', () => {
  test.each<[string, () => ImageInput]>([
    ['a file: URL', () => pathToFileURL(file)],
    ['an HTTP URL', () => new URL(`${address}/image`)],
    ['an address', () => `${address}/image`],
    ['a Blob', () => new Blob([bytes])],
    ['a File', () => new File([bytes], 'seven.png')],
    ['a Buffer', () => Buffer.from(bytes)],
    ['an ArrayBuffer', () => bytes.buffer],
    ['ImageData', () => ({ ...digit, data: new Uint8ClampedArray(digit.data) })],
    ['RGBA pixels', () => ({ pixels: digit.data, shape: [digit.height, digit.width, 4] })],
    [
      'numbers',
      () => ({ pixels: Array.from(digit.data, (byte) => byte / 255), shape: [digit.height, digit.width, 4] }),
    ],
  ])('is classified the same as %s', async (_, image) => {
    expect(await classifier.classify(image())).toEqual(await classifier.classify(file));
  });
});

test.each<[string, () => Parameters<typeof loadClassifier>[0]]>([
  ['a run folder', () => PRETRAINED_RUN],
  ['an address', () => `${address}/model`],
  ['a Blob', () => new Blob([readFileSync(MODEL)])],
  ['bytes', () => readFileSync(MODEL)],
])('loads a model from %s', async (_, source) => {
  const loaded = await loadClassifier(source());
  expect(loaded.saved).toEqual(classifier.saved);
  await loaded.close();
});

test('takes pixels of the shape of its input as its input', async () => {
  const pixels = Float32Array.from({ length: 784 }, (_, i) => (i % 28) / 28);
  const logits = await classifier.logits({ pixels, shape: SHAPE });
  expect(await classifier.logits({ pixels: toBytes(pixels), shape: SHAPE })).not.toEqual(logits);
  expect(await classifier.logits({ pixels: [...pixels], shape: SHAPE })).toEqual(logits);
});

test('classifies many images, of which some are invalid', async () => {
  const blank = { pixels: new Float32Array(784), shape: SHAPE };
  const images: ImageInput[] = [file, join(folder, 'missing.png'), blank, new Blob([]), bytes];
  const results = await classifier.classifyMany(
    (async function* () {
      for (const image of [...images, ...Array<ImageInput>(30).fill(blank), file])
        yield await Promise.resolve(image);
    })(),
  );
  expect(results).toHaveLength(36);
  const seven = { classification: await classifier.classify(file) };
  expect([results[0], results[4], results[35]]).toEqual([seven, seven, seven]);
  expect(results[1].error?.message).toContain('missing.png: no such file or folder');
  expect(results[3].error?.message).toContain('the file is empty');
  expect(results[2].classification?.doubt?.map(({ code }) => code)).toContain('empty');
  expect(await classifier.classifyMany([])).toEqual([]);
});

test('explains a prediction, and returns the outputs of layers', async () => {
  const { shape, values } = await classifier.activations('layer2.3', file);
  expect(values).toHaveLength(shape.reduce((a, b) => a * b));
  await expect(classifier.activations('layer3', file)).rejects.toThrow('unknown layer "layer3"');
  const predicted = await classifier.saliency(file);
  expect(predicted).toMatchObject({ label: '7', method: 'occlusion', shape: [28, 28] });
  expect(Math.max(...predicted.values)).toBe(1);
  const other = await classifier.saliency(file, { label: '1' });
  expect(other.values).not.toEqual(predicted.values);
  expect(await classifier.saliency(file, '1')).toEqual(other);
  await expect(classifier.saliency(file, 'seven')).rejects.toThrow(UsageError);
});

test('explains by the gradients at a layer, of the predicted class or another', async () => {
  const { values, ...saliency } = await classifier.saliency(file, { method: 'layer-cam' });
  expect(saliency).toEqual({ label: '7', method: 'layer-cam', layer: 'layer2.3', shape: [28, 28] });
  expect(values).toHaveLength(784);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeGreaterThan(0.8);
  const other = await classifier.saliency(file, { method: 'grad-cam', layer: 'layer1.2', label: '1' });
  expect(other).toMatchObject({ label: '1', method: 'grad-cam', layer: 'layer1.2' });
  await expect(classifier.saliency(file, { layer: 'fc' })).rejects.toThrow(
    /^report-cnn: layer "fc": expected one that outputs an image/,
  );
  const signal = AbortSignal.abort(new Error('no longer needed'));
  await expect(classifier.saliency(file, { method: 'layer-cam', signal })).rejects.toThrow(
    'no longer needed',
  );
});

test('gives the same logits with several threads', async () => {
  const team = await loadClassifier(MODEL, { threads: 2 });
  expect(team.threads).toBe(2);
  expect(await team.logits(file)).toEqual(await classifier.logits(file));
  await team.close();
});

test('rejects what is no image', async () => {
  const invalid: unknown[] = [
    5,
    null,
    undefined,
    {},
    [0, 1],
    [[0]],
    new Float32Array(784),
    new Uint8ClampedArray(4),
  ];
  for (const image of invalid) {
    const error = classifier.classify(image as ImageInput);
    await expect(error).rejects.toThrow(InvalidInputError);
    await expect(error).rejects.toThrow(/^expected an image: .*, got .*; /);
  }
  await expect(classifier.classify(Uint8Array.of(1, 2, 3, 0))).rejects.toThrow('expected a PNG');
  const canvas = { width: 2, height: 2, getContext: () => undefined };
  await expect(classifier.classify(canvas)).rejects.toThrow(UnsupportedError);
  const transferred = bytes.slice();
  structuredClone(transferred, { transfer: [transferred.buffer] });
  await expect(classifier.classify(transferred)).rejects.toThrow('got a detached buffer');
  await expect(classifier.classify(file, { top: 0 })).rejects.toThrow(UsageError);
});

test('reports addresses that cannot be fetched', async () => {
  const missing = loadClassifier(`${address}/missing`);
  await expect(missing).rejects.toThrow(FetchError);
  await expect(missing).rejects.toMatchObject({ code: 'fetch', status: 404 });
  await expect(classifier.classify(`${address}/broken`)).rejects.toMatchObject({
    code: 'fetch',
    status: undefined,
  });
});

test('stops when a signal aborts', async () => {
  const reason = new Error('enough');
  const signal = AbortSignal.abort(reason);
  await expect(loadClassifier(MODEL, { signal })).rejects.toBe(reason);
  await expect(classifier.classify(file, { signal })).rejects.toBe(reason);
  const controller = new AbortController();
  const many = classifier.classifyMany(Array<string>(100).fill(file), { signal: controller.signal });
  controller.abort(reason);
  await expect(many).rejects.toBe(reason);
});

test('rejects every operation once it is closed', async () => {
  const closed = await loadClassifier(MODEL);
  const pending = expect(closed.classify(file)).rejects.toThrow(ClosedError);
  await closed.close();
  await closed[Symbol.asyncDispose]();
  await pending;
  for (const operation of [
    closed.classify(file),
    closed.classifyMany([file]),
    closed.logits(file),
    closed.activations('fc', file),
    closed.saliency(file),
  ]) {
    await expect(operation).rejects.toThrow(new ClosedError('the classifier was closed; load it again'));
  }
});

test('does not keep a program running that does not close it', () => {
  const entry = new URL('../../dist/index.js', import.meta.url).href;
  const code = `const { loadClassifier } = await import('${entry}');
const classifier = await loadClassifier(${JSON.stringify(MODEL)});
console.log((await classifier.classify(${JSON.stringify(file)})).label);`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect([stdout, status]).toEqual(['7\n', 0]);
});

test.each([undefined, null, 3, {}, []])('a model is not loaded from %j', async (source) => {
  await expect(loadClassifier(source as never)).rejects.toThrow(
    /^loadClassifier: expected the URL, path, or bytes of a \.safetensors file, or a File or Blob, got /,
  );
});
