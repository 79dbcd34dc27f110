import { afterAll, describe, expect, test } from 'vitest';
import { BusyError, InklingError, MachineError } from '#inkling/core/errors.js';
import { normalizeDigit, normalizeDigits } from '#inkling/images/digit/normalizeDigit.js';
import { centerCropResize } from '#inkling/images/resize/centerCropResize.js';
import { ImagePreprocessor } from '#inkling/images/preprocessor.js';
import { threadTimeFile } from '#inkling/platform/thread.js';
import { drawDigit } from '../helpers/drawnDigits.js';
import { craftSlowSvg, encodeGif, encodePng } from '../helpers/encodeImage.js';

const seven = drawDigit(7, { name: 'plain' }, 1);
const file = await encodePng(seven);
const preprocessor = new ImagePreprocessor([28, 28, 1]);
afterAll(() => preprocessor.close());

test('processes files one after another and continues after a damaged one', async () => {
  const broken = file.slice(0, 100);
  const results = await Promise.allSettled(
    [file, broken, file].map((bytes) => preprocessor.preprocess(bytes)),
  );
  const [first, second, third] = results;
  expect(first).toEqual({ status: 'fulfilled', value: normalizeDigit(seven) });
  expect(second).toEqual({
    status: 'rejected',
    reason: new InklingError('the PNG file is damaged or truncated; save it again'),
  });
  expect(third).toEqual(first);
  expect(preprocessor.pending).toBe(0);
});

test('reads a number on request', async () => {
  expect(await preprocessor.preprocess(file, 'number')).toEqual(normalizeDigits(seven));
});

test('resizes for models with color input or another size, and rejects other inputs', async () => {
  const color = new ImagePreprocessor([32, 24, 3]);
  const resized = Float32Array.from(centerCropResize(seven, [32, 24, 3]), (value) => value / 255);
  expect(await color.preprocess(file)).toEqual({ pixels: resized, concerns: [] });
  await expect(color.preprocess(file, 'number')).rejects.toThrow(
    new InklingError(
      'the model takes image input of 32×24×3, expected a model with digit input, such as one trained on MNIST, to read a number',
    ),
  );
  await color.close();
  const other = new ImagePreprocessor([8, 8, 2]);
  await expect(other.preprocess(file)).rejects.toThrow(
    new InklingError(
      'the model takes input of shape 8×8×2, expected 1 or 3 channels to classify an image file',
    ),
  );
  await other.close();
});

test('stops decoding an image that takes too long, and reports a machine failure', async () => {
  const impatient = new ImagePreprocessor([28, 28, 1], 'digit', { timeoutMs: 1 });
  await expect(impatient.preprocess(file)).rejects.toThrow(
    new MachineError(
      'decoding took longer than 0.001 s and was stopped; try again when the machine is less busy, or use a simpler image',
    ),
  );
  await impatient.close();
});

test('returns a note on how a file was read', async () => {
  const { note } = await preprocessor.preprocess(encodeGif(seven));
  expect(note).toBe('animated: only the first frame is used');
});

test('fails the pending file when closed', async () => {
  const closed = new ImagePreprocessor([28, 28, 1]);
  const reading = closed.preprocess(file);
  await Promise.resolve();
  const outcome = expect(reading).rejects.toThrow(
    new MachineError('the image was not decoded, because decoding was stopped'),
  );
  await closed.close();
  await outcome;
});

describe.runIf(threadTimeFile() !== undefined)('with slow files', () => {
  const slow = craftSlowSvg();

  test('abandons a file that takes too much processor time, and continues', async () => {
    await expect(preprocessor.preprocess(slow)).rejects.toThrow(
      new InklingError(
        'decoding took more than 1.9 s of processor time and was stopped; the file may be damaged: save it again, or use a simpler or smaller image',
      ),
    );
    expect(await preprocessor.preprocess(file)).toEqual(normalizeDigit(seven));
  });

  test('files of other clients do not wait for slow ones, of which others of the same client do', async () => {
    const fair = new ImagePreprocessor([28, 28, 1], 'digit', { threads: 3 });
    fair.start();
    const finished: string[] = [];
    const process = async (client: string, bytes: Uint8Array<ArrayBuffer>, signal?: AbortSignal) => {
      await fair.preprocess(bytes, 'single', { client, signal }).catch(() => undefined);
      finished.push(client);
    };
    const controller = new AbortController();
    const flood = Array.from({ length: 4 }, () => process('bad', slow, controller.signal));
    for (let i = 0; i < 5; i++) await process('good', file);
    expect(finished).toEqual(Array<string>(5).fill('good'));
    // Nobody waits for the flood any longer.
    controller.abort(new Error('gone'));
    await Promise.all(flood);
    expect(fair.pending).toBe(0);
    await fair.close();
  });
});

test('continues while a thread whose decoders failed often is replaced', async () => {
  const attacked = new ImagePreprocessor([28, 28, 1], 'digit', { threads: 3 });
  const broken = file.slice(0, 100);
  for (let i = 0; i < 140; i++) {
    const outcomes = await Promise.allSettled([attacked.preprocess(broken), attacked.preprocess(broken)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  }
  expect(await attacked.preprocess(file)).toEqual(normalizeDigit(seven));
  await attacked.close();
});

test('decodes a large image on a thread for those', async () => {
  const laned = new ImagePreprocessor([28, 28, 1], 'digit', { threads: 2 });
  const large = { width: 600, height: 600, data: new Uint8Array(4 * 600 * 600).fill(255) };
  for (let y = 100; y < 500; y++) large.data.fill(0, 4 * (600 * y + 290), 4 * (600 * y + 310));
  for (let pixel = 0; pixel < 600 * 600; pixel++) large.data[4 * pixel + 3] = 255;
  const [inLane, small] = await Promise.all([
    laned.preprocess(await encodePng(large)),
    laned.preprocess(file),
  ]);
  expect(inLane).toEqual(normalizeDigit(large));
  expect(small).toEqual(normalizeDigit(seven));
  await laned.close();
});

test('rejects a file of the client with the most when too many wait', async () => {
  const full = new ImagePreprocessor([28, 28, 1], 'digit', { maxWaiting: 2 });
  const results = await Promise.allSettled([
    ...['a', 'b', 'b', 'c'].map((client) => full.preprocess(file, 'single', { client })),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(results[2]).toMatchObject({
    reason: new BusyError('2 files are waiting to be decoded; try again later'),
  });
  await full.close();
});
