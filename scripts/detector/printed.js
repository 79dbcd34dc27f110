import { rasterize } from '../../dist/data/digits/raster.js';
import { parseStrokes } from '../../dist/data/digits/skeletons.js';
import { drawStroke } from '../../dist/data/digits/stroke.js';

/** Printed digits in one or more ways, written like the skeletons of the built-in digits. */
const PRINTED = [
  [['35,0 12,14 4,50 12,86 35,100 58,86 66,50 58,14 35,0']],
  [
    ['18,20 42,0! 42,100'],
    ['18,16 42,0! 42,100', '14,100 68,100'],
    ['0,0 0,100'],
    ['22,10 42,0! 42,100', '22,100 62,100'],
  ],
  [['6,26 14,8 34,0 56,8 62,26 54,46 4,100! 66,100'], ['8,28 12,10 34,0 58,10 60,30 44,56 6,99! 64,99']],
  [
    ['6,12 30,0 54,8 58,26 48,42 26,47! 52,53 64,72 54,92 30,100 4,90'],
    ['6,2 60,2! 30,42! 54,48 64,70 54,92 30,100 4,92'],
    ['6,18 14,5 32,0 54,8 57,26 47,42 30,46 50,51 63,70 56,92 32,100 10,95 4,80'],
  ],
  [['50,100 50,0! 2,70! 68,70'], ['48,100 48,1! 4,66! 70,66']],
  [
    ['58,2 14,2! 8,48! 32,38 56,46 64,68 54,92 28,100 4,90'],
    ['60,2 16,2! 12,44! 36,39 58,50 62,72 50,94 28,100 6,94'],
  ],
  [
    ['58,8 36,0 14,14 5,50 8,80 34,100 60,86 64,66 54,46 34,40 12,50 6,64'],
    ['52,0 22,26 6,62 14,90 35,100 58,88 64,68 54,48 35,42 12,54'],
  ],
  [['4,3 66,3! 24,100'], ['4,3 66,3! 38,44 26,100'], ['6,2 62,2! 20,100']],
  [['35,47 12,36 10,14 35,0 60,14 58,36 35,47 8,60 6,86 35,100 64,86 62,60 35,47']],
  [
    ['12,92 34,100 56,86 65,50 62,20 36,0 10,14 6,34 16,54 36,60 58,50 64,36'],
    ['18,100 48,74 64,38 56,10 35,0 12,12 6,32 16,52 35,58 58,46'],
  ],
];

/**
 * Draws a digit as fonts do: more regular than handwriting, upright or slanted, thin to bold.
 *
 * @param {number} digit
 * @param {import('../../dist/core/random.js').Random} random
 * @param {Uint8Array} image `[28, 28]`, all 0
 */
export function drawPrintedDigit(digit, random, image) {
  const ways = PRINTED[digit];
  // Strokes deviate by a fixed distance, which is less of a larger digit.
  const size = Math.exp(random.uniform(0, Math.log(12)));
  const aspect = random.uniform(0.75, 1.15);
  const slant = random.uniform(0, 1) < 0.5 ? 0 : random.uniform(0, 0.25);
  const lines = parseStrokes(ways[Math.floor(random.uniform(0, ways.length))])
    .map((stroke) => stroke.map((point) => ({ ...point, x: size * point.x, y: size * point.y })))
    .map((stroke) => drawStroke(stroke, random))
    .map((line) => line.map(({ x, y }) => ({ x: x * aspect - slant * y, y })));
  const radius = random.uniform(0.4, 2.3);
  const ink = random.uniform(0, 1) < 0.15 ? random.uniform(140, 250) : 255;
  rasterize(lines, { radius, radiusAt: () => radius, ink }, image);
}
