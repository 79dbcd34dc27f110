import { afterAll, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { digitize, digitizeNumber } from '#inkling/images/digitize.js';
import { centerCropResize } from '#inkling/images/centerCropResize.js';
import { PictureReader } from '#inkling/images/reader.js';
import { drawDigit } from '../helpers/drawnDigits.js';
import { encodePng } from '../helpers/encodePicture.js';

const seven = drawDigit(7, { name: 'plain' }, 1);
const file = await encodePng(seven);
const reader = new PictureReader([28, 28, 1]);
afterAll(() => reader.close());

test('reads pictures one after the other, and goes on behind a broken one', async () => {
  const broken = file.slice(0, 100);
  const answers = await Promise.allSettled([file, broken, file].map((bytes) => reader.read(bytes)));
  const [first, second, third] = answers;
  expect(first).toEqual({ status: 'fulfilled', value: digitize(seven) });
  expect(second).toEqual({
    status: 'rejected',
    reason: new InklingError('the PNG file is damaged or cut short; save it again'),
  });
  expect(third).toEqual(first);
  expect(reader.waiting).toBe(0);
});

test('reads a number where it is asked to', async () => {
  const [digit] = digitizeNumber(seven);
  expect(await reader.read(file, 'number')).toEqual(digit);
});

test('reads for models of colour, of other sizes and of none', async () => {
  const colours = new PictureReader([32, 24, 3]);
  const whole = Float32Array.from(centerCropResize(seven, [32, 24, 3]), (value) => value / 255);
  expect(await colours.read(file)).toEqual(whole);
  await expect(colours.read(file, 'number')).rejects.toThrow(
    new InklingError(
      "the model takes whole pictures of 32×24×3; expected one of ink, such as MNIST's, to read a number",
    ),
  );
  await colours.close();
  const other = new PictureReader([8, 8, 2]);
  await expect(other.read(file)).rejects.toThrow(
    new InklingError('the model takes images of 8×8×2, expected 1 or 3 channels'),
  );
  await other.close();
});

test('gives up a picture that takes too long', async () => {
  const hasty = new PictureReader([28, 28, 1], 'ink', 1);
  await expect(hasty.read(file)).rejects.toThrow(
    new InklingError('the picture takes longer than 0.001 s to read; make it simpler'),
  );
  await hasty.close();
});

test('gives up what is being read when it is closed', async () => {
  const closed = new PictureReader([28, 28, 1]);
  const reading = closed.read(file);
  await Promise.resolve();
  const outcome = expect(reading).rejects.toThrow(new InklingError('the reader was closed'));
  await closed.close();
  await outcome;
});
