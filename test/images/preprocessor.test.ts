import { afterAll, expect, test } from 'vitest';
import { InklingError, MachineError } from '#inkling/core/errors.js';
import { normalizeDigit, normalizeDigits } from '#inkling/images/digit/normalizeDigit.js';
import { centerCropResize } from '#inkling/images/centerCropResize.js';
import { ImagePreprocessor } from '#inkling/images/preprocessor.js';
import { drawDigit } from '../helpers/drawnDigits.js';
import { encodeGif, encodePng } from '../helpers/encodeImage.js';

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
  const impatient = new ImagePreprocessor([28, 28, 1], 'digit', 1);
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
