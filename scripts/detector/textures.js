import { whole } from './shapes.js';

const SIDE = 28;
const MAX_BYTE = 255;

/** Draws an image without strokes: a sum of random waves, which fills all of the image or a part of it, with or without grain. */
export function drawTexture(random, image) {
  const waves = Array.from({ length: whole(random, 1, 6) }, () => {
    const [angle, frequency] = [random.uniform(0, 2 * Math.PI), random.uniform(0.05, 1.6)];
    const phase = random.uniform(0, 2 * Math.PI);
    const [perX, perY] = [frequency * Math.cos(angle), frequency * Math.sin(angle)];
    return (x, y) => Math.sin(perX * x + perY * y + phase);
  });
  const [level, contrast, grain] = [
    random.uniform(-0.2, 0.8),
    random.uniform(0.1, 2),
    random.uniform(0, 0.5),
  ];
  const isInside = random.uniform(0, 1) < 0.5 ? () => true : area(random);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      if (!isInside(x, y)) continue;
      const sum = waves.reduce((all, wave) => all + wave(x, y), 0) / Math.sqrt(waves.length);
      const value = level + contrast * sum + random.uniform(-grain, grain);
      image[y * SIDE + x] = Math.round(MAX_BYTE * Math.min(1, Math.max(0, value)));
    }
  }
}

/** An ellipse, or the part of it between two parallel lines. */
function area(random) {
  const [width, height] = [random.uniform(5, 13), random.uniform(5, 13)];
  const angle = random.uniform(0, Math.PI);
  const half = random.uniform(3, 14);
  return (column, row) => {
    const [x, y] = [column - SIDE / 2, row - SIDE / 2];
    return (
      (x / width) ** 2 + (y / height) ** 2 < 1 && Math.abs(x * Math.cos(angle) + y * Math.sin(angle)) < half
    );
  };
}
