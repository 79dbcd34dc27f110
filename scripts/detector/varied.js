import { randomElasticDistortion } from '../../dist/data/digits/distort.js';
import { whole } from './shapes.js';

const SIDE = 28;
const CENTER = (SIDE - 1) / 2;

/** Turns and mirror images, as the signs and the order of the axes: a quarter turn or a mirror at a diagonal swaps them. */
const TURNS = {
  diagonal: [
    [1, 1, true],
    [-1, 1, true],
    [1, -1, true],
    [-1, -1, true],
  ],
  mirrored: [[-1, 1, false]],
  upended: [[1, -1, false]],
  turned: [[-1, -1, false]],
};
/** Which of them make something else of a digit. */
const TURNABLE = {
  2: [...TURNS.diagonal],
  3: [...TURNS.diagonal, ...TURNS.mirrored, ...TURNS.turned],
  4: [...TURNS.diagonal, ...TURNS.mirrored, ...TURNS.upended, ...TURNS.turned],
  5: [...TURNS.diagonal],
  6: [...TURNS.diagonal, ...TURNS.mirrored, ...TURNS.upended],
  7: [...TURNS.diagonal, ...TURNS.mirrored, ...TURNS.upended, ...TURNS.turned],
  9: [...TURNS.diagonal, ...TURNS.mirrored, ...TURNS.upended],
};

/** Copies an image of a digit, turned or mirrored so that it is no digit. */
export function turnDigit({ images, labels }, random, image) {
  let i = whole(random, 0, labels.length - 1);
  while (!(labels[i] in TURNABLE)) i = whole(random, 0, labels.length - 1);
  const turns = TURNABLE[labels[i]];
  const [signX, signY, isSwapped] = turns[whole(random, 0, turns.length - 1)];
  const from = images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
  copy(from, image, (x, y) => (isSwapped ? { x: signX * y, y: signY * x } : { x: signX * x, y: signY * y }));
}

/** Copies an image of a digit with slight affine and elastic distortions. */
export function varyDigit(from, random, image) {
  const [angle, slant] = [random.uniform(-0.12, 0.12), random.uniform(-0.12, 0.12)];
  const [width, height] = [random.uniform(0.92, 1.1), random.uniform(0.92, 1.1)];
  const elastic = randomElasticDistortion(random);
  const strength = random.uniform(0, 0.12);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  copy(from, image, (x, y) => {
    const bent = elastic({ x: 5 * x, y: 5 * y });
    const [u, v] = [x + strength * (bent.x - 5 * x), y + strength * (bent.y - 5 * y)];
    return { x: width * (cos * u - sin * v) + slant * v, y: height * (sin * u + cos * v) };
  });
}

/** Copies an image with a distortion, by linear interpolation; coordinates are relative to the center. */
function copy(from, image, distort) {
  const at = (x, y) => (x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : from[y * SIDE + x]);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const point = distort(column - CENTER, row - CENTER);
      const [x, y] = [point.x + CENTER, point.y + CENTER];
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [dx, dy] = [x - left, y - top];
      const upper = at(left, top) * (1 - dx) + at(left + 1, top) * dx;
      const lower = at(left, top + 1) * (1 - dx) + at(left + 1, top + 1) * dx;
      image[row * SIDE + column] = Math.round(upper * (1 - dy) + lower * dy);
    }
  }
}
