import { Random } from '#inkling/core/random.js';

const SIDE = 28;

/** Outlines of garments as polygons, in pixels: a T-shirt, trousers, a dress, a shoe, a bag, and a boot. */
const OUTLINES: readonly string[] = [
  '9,3 12,5 16,5 19,3 26,8 24,13 20,11 20,26 8,26 8,11 4,13 2,8',
  '9,1 19,1 22,27 16,27 14,9 12,27 6,27',
  '10,1 18,1 18,9 23,27 5,27 10,9',
  '2,13 7,12 14,17 25,18 26,22 2,22',
  '3,10 8,10 10,4 18,4 20,10 25,10 26,25 2,25',
  '8,2 16,2 16,16 25,20 25,25 8,25',
];

/**
 * Images of garments like Fashion-MNIST's: light, shaded, textured areas on black. Fashion-MNIST itself is not bundled.
 *
 * @returns `[count, 28, 28]`
 */
export function drawClothing(count: number, seed: number): Uint8Array {
  const random = new Random(seed);
  const images = new Uint8Array(count * SIDE * SIDE);
  for (let i = 0; i < count; i++) {
    const outline = OUTLINES[i % OUTLINES.length].split(' ').map((point) => point.split(',').map(Number));
    const [light, stripes, width] = [random.uniform(90, 255), random.uniform(0, 0.5), random.uniform(0.5, 2)];
    const jittered = outline.map(([x, y]) => [x + random.uniform(-1.2, 1.2), y + random.uniform(-1.2, 1.2)]);
    for (let at = 0; at < SIDE * SIDE; at++) {
      const [x, y] = [(at % SIDE) + 0.5, Math.floor(at / SIDE) + 0.5];
      if (!contains(jittered, x, y)) continue;
      const texture = 1 - stripes * (0.5 + 0.5 * Math.sin(width * y)) - random.uniform(0, 0.15);
      images[i * SIDE * SIDE + at] = Math.round(light * texture);
    }
  }
  return images;
}

/** Whether a point is in a polygon: whether a ray from it crosses the outline an odd number of times. */
function contains(polygon: readonly (readonly number[])[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0; i < polygon.length; i++) {
    const [[ax, ay], [bx, by]] = [polygon[i], polygon[(i + 1) % polygon.length]];
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) inside = !inside;
  }
  return inside;
}
