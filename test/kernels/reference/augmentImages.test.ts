import { describe, expect, it } from 'vitest';
import { Random } from '#inkling/core/random.js';
import type { Shape } from '#inkling/core/shape.js';
import { adjustHue, adjustSaturation } from '#inkling/kernels/reference/lib/colors.js';
import { Draws } from '#inkling/kernels/reference/lib/draws.js';
import { imageMapOf } from '#inkling/kernels/reference/lib/imageMap.js';
import { augmentationSchema, type Augmentation } from '#inkling/plan/augmentation.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { runOf } from '../../helpers/referenceRun.js';

const SHAPE: Shape = [6, 7, 2];
const IMAGE = 6 * 7 * 2;
const IMAGES = 9;

const changes = (settings: Partial<Augmentation>): Augmentation => augmentationSchema.parse(settings);

const bytes = (() => {
  const random = new Random(3);
  return Array.from({ length: IMAGES * IMAGE }, () => random.uint32() % 256);
})();

/** A batch of all images, augmented; `undefined` takes them as they are. */
function batchOf(augmentation: Augmentation | undefined, seed = 1, shape = SHAPE) {
  const { run, tensors } = runOf(
    IMAGES,
    (builder: PlanBuilder) => {
      const images = builder.shared({ name: 'images', dtype: 'u8', shape, count: IMAGES });
      const labels = builder.shared({ name: 'labels', dtype: 'i32', shape: [IMAGES] });
      const output = builder.perImage('output', shape, { halo: [1, 2] });
      const targets = builder.perImage('targets', [], { dtype: 'i32' });
      const reads = { images, labels };
      const partners = builder.perImage('partners', [], { dtype: 'i32' });
      const partnerShares = builder.perImage('partnerShares', []);
      const writes = { output, targets, partners, partnerShares };
      builder.add(
        augmentation === undefined
          ? { op: 'imagesToFloats', reads, writes: { output, targets } }
          : { op: 'augmentImages', reads, writes, augmentation },
      );
      return { ...reads, ...writes };
    },
    'float32',
  );
  run.set(tensors.images, (index) => bytes[index % bytes.length]);
  run.set(tensors.labels, (image) => 10 + image);
  run.run({ augmentSeed: seed });
  const pixels = run.get(tensors.output);
  return {
    targets: run.get(tensors.targets),
    partners: run.get(tensors.partners),
    shares: run.get(tensors.partnerShares),
    pixels,
    at: (item: number, row: number, column: number, channel: number) =>
      pixels[((item * SHAPE[0] + row) * SHAPE[1] + column) * SHAPE[2] + channel],
  };
}

const plain = batchOf(undefined);

/** An image's pixel, zero outside. */
function pixelOf(item: number, row: number, column: number, channel: number): number {
  const isInside = row >= 0 && row < SHAPE[0] && column >= 0 && column < SHAPE[1];
  return isInside ? plain.at(item, row, column, channel) : 0;
}

/** The number of pixels of an item that are bit-identical to `expected`. */
function matches(
  batch: typeof plain,
  item: number,
  expected: (row: number, column: number, channel: number) => number,
): number {
  let count = 0;
  for (let e = 0; e < IMAGE; e++) {
    const [row, column, channel] = [Math.floor(e / 14), Math.floor((e % 14) / 2), e % 2];
    if (batch.at(item, row, column, channel) === expected(row, column, channel)) count++;
  }
  return count;
}

/** Draws with the same value for all names. */
const always = (signed: number) => ({
  share: () => (signed + 1) / 2,
  signed: () => signed,
  integer: () => 0,
  change: () => [0, 1] as const,
  node: () => 0,
});

describe('augmentImages', () => {
  it('is bit-identical to imagesToFloats without changes', () => {
    const same = batchOf(changes({}));
    expect(same.pixels).toEqual(plain.pixels);
    expect(same.targets).toEqual(plain.targets);
  });

  it('crops exactly, at every integer offset up to the given one along both axes', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 12; seed++) {
      const batch = batchOf(changes({ crop: 1 }), seed);
      for (let item = 0; item < IMAGES; item++) {
        const moves = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => [down, right] as const));
        const found = moves.filter(
          ([down, right]) =>
            matches(batch, item, (row, column, channel) =>
              pixelOf(item, row - down, column - right, channel),
            ) === IMAGE,
        );
        expect(found).toHaveLength(1);
        seen.add(found[0].join());
      }
    }
    expect(seen.size).toBe(9);
  });

  it('reflects the image at its edges', () => {
    const batch = batchOf(changes({ crop: 20, border: 'reflect' }));
    const mirrored = (position: number, size: number): number => {
      if (position < 0) return mirrored(-position, size);
      return position >= size ? mirrored(2 * (size - 1) - position, size) : position;
    };
    for (let item = 0; item < IMAGES; item++) {
      const draws = new Draws(1, item);
      const [down, right] = [draws.integer('cropDown', 20), draws.integer('cropRight', 20)];
      const same = matches(batch, item, (row, column, channel) =>
        pixelOf(item, mirrored(row - down, SHAPE[0]), mirrored(column - right, SHAPE[1]), channel),
      );
      expect(same).toBe(IMAGE);
    }
  });

  it('mirrors about half of the images, independently of other draws', () => {
    const shifted = batchOf(changes({ crop: 2 }));
    let mirrored = 0;
    for (let seed = 0; seed < 20; seed++) {
      const batch = batchOf(changes({ flip: true }), seed);
      for (let item = 0; item < IMAGES; item++) {
        const turned = matches(batch, item, (row, column, channel) =>
          pixelOf(item, row, 6 - column, channel),
        );
        const kept = matches(batch, item, (row, column, channel) => pixelOf(item, row, column, channel));
        expect(Math.max(turned, kept)).toBe(IMAGE);
        if (turned === IMAGE) mirrored++;
      }
    }
    // Four standard deviations of 180 coins.
    expect(Math.abs(mirrored - 90)).toBeLessThan(27);
    const both = batchOf(changes({ crop: 2, flip: true }));
    for (let item = 0; item < IMAGES; item++) {
      if (new Draws(1, item).share('flip') < 0.5) continue;
      const expected = matches(both, item, (row, column, channel) => shifted.at(item, row, column, channel));
      expect(expected).toBe(IMAGE);
    }
  });

  it('erases a square, clipped at the edges, and nothing else', () => {
    const batch = batchOf(changes({ erase: 3 }));
    for (let item = 0; item < IMAGES; item++) {
      const draws = new Draws(1, item);
      const top = Math.floor(draws.share('eraseDown') * 6) - 1;
      const left = Math.floor(draws.share('eraseRight') * 7) - 1;
      const isWiped = (row: number, column: number) =>
        row >= top && row < top + 3 && column >= left && column < left + 3;
      const same = matches(batch, item, (row, column, channel) =>
        isWiped(row, column) ? 0 : pixelOf(item, row, column, channel),
      );
      expect(same).toBe(IMAGE);
    }
  });

  it('scales values by the brightness and their distance from the mean by the contrast', () => {
    const batch = batchOf(changes({ brightness: 0.4, contrast: 0.5 }));
    for (let item = 0; item < IMAGES; item++) {
      const draws = new Draws(1, item);
      const bright = 1 + 0.4 * draws.signed('brightness');
      const strong = 1 + 0.5 * draws.signed('contrast');
      const own = plain.pixels.slice(item * IMAGE, (item + 1) * IMAGE).map((value) => value * bright);
      const mean = own.reduce((sum, value) => sum + value, 0) / IMAGE;
      own.forEach((value, e) => {
        const expected = Math.min(1, Math.max(0, mean + strong * (value - mean)));
        expect(batch.pixels[item * IMAGE + e]).toBeCloseTo(expected, 6);
      });
    }
  });

  it('changes the colors after brightness and contrast', () => {
    const shape = [6, 7, 3];
    const plain = batchOf(changes({ brightness: 0.3 }), 1, shape).pixels;
    const { pixels } = batchOf(changes({ brightness: 0.3, saturation: 0.5, hue: 0.2 }), 1, shape);
    for (let pixel = 0; pixel < plain.length / 3; pixel++) {
      const draws = new Draws(1, Math.floor(pixel / 42));
      const [red, green, blue] = plain.slice(3 * pixel);
      const saturated = adjustSaturation([red, green, blue], 1 + 0.5 * draws.signed('saturation'));
      adjustHue(saturated, 0.2 * draws.signed('hue')).forEach((value, channel) => {
        expect(pixels[3 * pixel + channel]).toBeCloseTo(value, 6);
      });
    }
  });

  it('inverts values from 0.7 on if RandAugment draws that', () => {
    const batch = batchOf(changes({ randAugment: 1 }));
    const solarized = Array.from({ length: IMAGES }, (_, item) => item).filter(
      (item) => new Draws(1, item).change(0, 10)[0] === 9,
    );
    expect(solarized.length).toBeGreaterThan(0);
    for (const item of solarized) {
      const inverted = (value: number) => (value >= 0.7 ? 1 - value : value);
      const own = plain.pixels.slice(item * IMAGE, (item + 1) * IMAGE).map(inverted);
      own.forEach((value, e) => {
        expect(batch.pixels[item * IMAGE + e]).toBeCloseTo(value, 6);
      });
    }
  });

  it('mixes each image with the next image, and outputs the latter’s label and share', () => {
    const batch = batchOf(changes({ mixup: 0.5 }));
    expect(batch.partners).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 10]);
    expect(new Set(batch.shares).size).toBe(IMAGES);
    batch.pixels.forEach((value, position) => {
      const share = batch.shares[Math.floor(position / IMAGE)];
      const other = plain.pixels[(position + IMAGE) % plain.pixels.length];
      expect(value).toBeCloseTo((1 - share) * plain.pixels[position] + share * other, 6);
    });
  });

  it('pastes a rectangle of the next image, whose share is its fraction of the pixels', () => {
    const batch = batchOf(changes({ cutmix: 1 }));
    for (let item = 0; item < IMAGES; item++) {
      let foreign = 0;
      for (let e = item * IMAGE; e < (item + 1) * IMAGE; e++) {
        const isForeign = batch.pixels[e] === plain.pixels[(e + IMAGE) % plain.pixels.length];
        expect(isForeign || batch.pixels[e] === plain.pixels[e]).toBe(true);
        // Single values can be the same in both.
        if (isForeign && batch.pixels[e] !== plain.pixels[e]) foreign++;
      }
      expect(Math.abs(batch.shares[item] - foreign / IMAGE)).toBeLessThan(0.03);
    }
    expect(Math.max(...batch.shares)).toBeGreaterThan(0.2);
  });

  it('interpolates bilinearly, like a float64 computation without rounding', () => {
    const settings = changes({ shift: 2, rotate: 30, scale: 0.3, shear: 20 });
    const batch = batchOf(settings, 5);
    for (let item = 0; item < IMAGES; item++) {
      const toSource = inverseAffine(settings, new Draws(5, item));
      for (let row = 0; row < 6; row++) {
        for (let column = 0; column < 7; column++) {
          const [y, x] = toSource(row, column);
          const [top, left] = [Math.floor(y), Math.floor(x)];
          let expected = 0;
          for (const [dy, dx] of [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
          ] as const) {
            const weight = (1 - Math.abs(y - top - dy)) * (1 - Math.abs(x - left - dx));
            expected += weight * pixelOf(item, top + dy, left + dx, 1);
          }
          // Positions are rounded to 1/256 of a pixel.
          expect(Math.abs(batch.at(item, row, column, 1) - expected)).toBeLessThan(1 / 256);
        }
      }
    }
  });
});

/** `[[a, b, c], [d, e, f]]` of torchvision's affine transform, inverted by Cramer's rule. */
function inverseAffine({ shift, rotate, scale, shear }: Augmentation, draws: Draws) {
  const angle = (rotate * draws.signed('rotate') * Math.PI) / 180;
  const slant = Math.tan((shear * draws.signed('shear') * Math.PI) / 180);
  const size = 1 + scale * draws.signed('scale');
  const [a, b] = [size * Math.cos(angle), size * (Math.cos(angle) * slant - Math.sin(angle))];
  const [d, e] = [size * Math.sin(angle), size * (Math.sin(angle) * slant + Math.cos(angle))];
  const [centerX, centerY] = [3, 2.5];
  return (row: number, column: number): readonly [y: number, x: number] => {
    const x = column - centerX - shift * draws.signed('shiftRight');
    const y = row - centerY - shift * draws.signed('shiftDown');
    const determinant = a * e - b * d;
    return [centerY + (a * y - d * x) / determinant, centerX + (e * x - b * y) / determinant];
  };
}

describe('imageMapOf', () => {
  it('rotates by a right angle exactly, up to the rounding of positions', () => {
    const map = imageMapOf(changes({ rotate: 90 }), [5, 5, 1], always(1));
    for (let row = 0; row < 5; row++) {
      for (let column = 0; column < 5; column++) {
        const [y, x] = map(row, column).map((position) => Math.round(position * 256) / 256);
        expect([y, x].map((position) => position + 0)).toEqual([4 - column, row]);
      }
    }
  });

  it('moves the image right and down for positive shifts, and enlarges it for positive scales', () => {
    expect(imageMapOf(changes({ shift: 2 }), [5, 5, 1], always(1))(3, 4)).toEqual([1, 2]);
    expect(imageMapOf(changes({ scale: 0.5 }), [5, 5, 1], always(1))(2, 5)).toEqual([2, 4]);
  });

  it('resizes a part to the whole image, like torchvision within the part', () => {
    const draws = { partArea: 0, partDown: 0.3125, partRight: 3.75 / 5.5 };
    const map = imageMapOf(changes({ resizedCrop: 1 / 3 }), [9, 12, 1], {
      ...always(0),
      share: (name) => draws[name as keyof typeof draws],
    });
    // Generated with torchvision 0.29: resized_crop(ramp, 1, 4, 6, 6, [9, 12]), of each coordinate, without the clamped first and last ones.
    const rows = [1.5, 2.1667, 2.8333, 3.5, 4.1667, 4.8333, 5.5];
    const columns = [4.25, 4.75, 5.25, 5.75, 6.25, 6.75, 7.25, 7.75, 8.25, 8.75];
    rows.forEach((y, row) => {
      expect(map(row + 1, 0)[0]).toBeCloseTo(y, 4);
    });
    columns.forEach((x, column) => {
      expect(map(0, column + 1)[1]).toBeCloseTo(x, 4);
    });
  });

  it('draws the area of the part uniformly, its aspect ratio log-uniformly, and its position within the image', () => {
    const [height, width] = [40, 50];
    const items = 2000;
    let [areas, ratios] = [0, 0];
    for (let item = 0; item < items; item++) {
      const map = imageMapOf(changes({ resizedCrop: 0.2 }), [height, width, 3], new Draws(9, item));
      const [[top, left], [bottom, right]] = [map(0, 0), map(height - 1, width - 1)];
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(height - 1 + 1e-9);
      expect(right).toBeLessThanOrEqual(width - 1 + 1e-9);
      const [down, across] = [(bottom - top) / (height - 1), (right - left) / (width - 1)];
      const area = down * across;
      const ratio = (across * width) / (down * height);
      if (Math.max(down, across) < 1 - 1e-9) {
        expect(area).toBeGreaterThan(0.2 - 1e-9);
        expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(4 / 3) + 1e-9);
      }
      areas += area;
      ratios += Math.log(ratio);
    }
    // Sides that are limited to the image reduce the area, and move the ratio toward that of the image.
    expect(areas / items).toBeGreaterThan(0.55);
    expect(areas / items).toBeLessThan(0.6);
    expect(Math.abs(ratios / items)).toBeLessThan(0.06);
  });

  it('deforms smoothly, with the given root mean square displacement along each axis', () => {
    const size = 28;
    let squares = 0;
    let steps = 0;
    for (let item = 0; item < 200; item++) {
      const map = imageMapOf(changes({ elastic: 1.5 }), [size, size, 1], new Draws(7, item));
      for (let row = 0; row < size; row += 3) {
        for (let column = 0; column < size - 1; column += 3) {
          const [y, x] = map(row, column);
          const [, next] = map(row, column + 1);
          squares += (y - row) ** 2 + (x - column) ** 2;
          steps = Math.max(steps, Math.abs(next - x - 1));
        }
      }
    }
    const rms = Math.sqrt(squares / (200 * 10 * 9 * 2));
    expect(rms).toBeGreaterThan(1.4);
    expect(rms).toBeLessThan(1.6);
    expect(steps).toBeLessThan(1.5);
  });
});

describe('Draws', () => {
  it('are uniformly distributed and independent', () => {
    const items = 20_000;
    const draws = Array.from({ length: items }, (_, item) => new Draws(11, item));
    const mean = (value: (draw: Draws) => number) =>
      draws.reduce((sum, draw) => sum + value(draw), 0) / items;
    // Five standard deviations of a mean.
    const near = (allowed: number) => (5 * allowed) / Math.sqrt(items);
    expect(Math.abs(mean((draw) => draw.signed('rotate')))).toBeLessThan(near(Math.sqrt(1 / 3)));
    expect(Math.abs(mean((draw) => draw.signed('rotate') ** 2) - 1 / 3)).toBeLessThan(near(0.3));
    expect(Math.abs(mean((draw) => draw.signed('rotate') * draw.signed('scale')))).toBeLessThan(near(1 / 3));
    expect(Math.abs(mean((draw) => draw.node(0) * draw.node(1)))).toBeLessThan(near(1 / 3));
    // Var Beta(a, a) = 1 / (4 (2a + 1)).
    for (const alpha of [0.2, 1]) {
      expect(Math.abs(mean((draw) => draw.beta(alpha)) - 0.5)).toBeLessThan(near(0.43));
      const variance = mean((draw) => (draw.beta(alpha) - 0.5) ** 2);
      expect(Math.abs(variance - 1 / (8 * alpha + 4))).toBeLessThan(near(0.1));
    }
    for (const whole of [-2, -1, 0, 1, 2]) {
      const share = mean((draw) => (draw.integer('cropDown', 2) === whole ? 1 : 0));
      expect(Math.abs(share - 0.2)).toBeLessThan(near(0.4));
    }
  });
});
