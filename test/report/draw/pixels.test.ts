import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { drawImage } from '#inkling/report/draw/pixels.js';

const square = { x: 0, y: 0, size: 60 };

/** The PNG file in a drawing. */
function pngIn(svg: string) {
  return decode(Buffer.from(/base64,([^"]+)"/.exec(svg)?.[1] ?? '', 'base64'));
}

test('a photo has two pixels for a CSS pixel', () => {
  const [height, width] = [240, 180];
  const orange = Uint8Array.from({ length: height * width * 3 }, (_, at) => [200, 100, 0][at % 3]);
  const png = pngIn(drawImage(square, [height, width, 3], orange));
  expect([png.height, png.width, png.channels]).toEqual([120, 90, 3]);
  expect([...png.data.slice(-3)]).toEqual([200, 100, 0]);
});

test('a small image keeps its pixels', () => {
  const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, (_, at) => at % 251);
  const png = pngIn(drawImage(square, [32, 32, 3], pixels));
  expect([png.height, png.width]).toEqual([32, 32]);
  expect([...png.data]).toEqual([...pixels]);
});
