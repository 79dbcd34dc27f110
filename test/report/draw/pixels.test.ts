import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { drawImageRows } from '#inkling/report/draw/imageRows.js';
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

test('labels of images in rows fit below them, so that long ones leave room for fewer', () => {
  const image = new Uint8Array(16).fill(9);
  const drawn = (name: string) =>
    drawImageRows([{ title: 'row', images: Array(8).fill(image), labels: Array(8).fill(name) }], [4, 4, 1]);
  expect(drawn('4 as 9').svg.match(/4 as 9/g)).toHaveLength(8);
  const long = drawn('ankle boot as sneaker');
  expect(long.svg.match(/ankle boot as sneaker/g)).toHaveLength(3);
  expect(long.width).toBeLessThanOrEqual(480);
});
