import { Random } from '../../core/random.js';
import { type Shape, sizeOf } from '../../core/shape.js';
import { rotateImage, shiftImage } from './geometry.js';
import { addNoise, blurImage, reduceContrast } from './intensity.js';

/** A change of images at several severities. */
interface Corruption {
  readonly title: string;
  /** What a level is: it follows the levels, as in `10, 20 degrees`. */
  readonly unit: string;
  /** From the lowest to the highest severity. */
  readonly levels: readonly number[];
  /** The changed values; they may be outside of 0 to 255. */
  readonly apply: (pixels: Uint8Array, shape: Shape, level: number, random: Random) => Float64Array;
}

/** The names of the corruptions, in the order in which they are shown. */
export const CORRUPTIONS = ['shift', 'rotation', 'noise', 'blur', 'contrast'] as const;

export type CorruptionName = (typeof CORRUPTIONS)[number];

/**
 * What each corruption is. Sizes are relative to the image, so that they mean the same for images of any size. Noise and contrast have the
 * levels of ImageNet-C: Hendrycks and Dietterich, "Benchmarking Neural Network Robustness to Common Corruptions and Perturbations", ICLR 2019.
 */
export const corruptions: Readonly<Record<CorruptionName, Corruption>> = {
  shift: {
    title: 'Shift',
    unit: '% of the height or width, in whole pixels, up, down, left, or right at random',
    levels: [3.5, 7, 10.5, 14, 17.5],
    apply(pixels, shape, level, random) {
      const [height, width] = shape;
      const direction = random.uint32() % 4;
      const sign = direction < 2 ? 1 : -1;
      const [down, right] = [height, width].map(
        (side) => sign * Math.max(1, Math.round((level / 100) * side)),
      );
      return direction % 2 === 0 ? shiftImage(pixels, shape, down, 0) : shiftImage(pixels, shape, 0, right);
    },
  },
  rotation: {
    title: 'Rotation',
    unit: 'degrees, clockwise or counterclockwise at random',
    levels: [10, 20, 30, 40, 50],
    apply: (pixels, shape, level, random) =>
      rotateImage(pixels, shape, random.uint32() % 2 === 0 ? level : -level),
  },
  noise: {
    title: 'Noise',
    unit: '% of the range of the pixels, the standard deviation of Gaussian noise',
    levels: [8, 12, 18, 26, 38],
    apply: (pixels, _shape, level, random) => addNoise(pixels, level / 100, random),
  },
  blur: {
    title: 'Blur',
    unit: '% of the shorter side, the standard deviation of a Gaussian',
    levels: [2, 4, 6, 8, 10],
    apply(pixels, shape, level) {
      const [height, width] = shape;
      return blurImage(pixels, shape, (level / 100) * Math.min(height, width));
    },
  },
  contrast: {
    title: 'Contrast',
    unit: '% of the differences from the mean of the image remain',
    levels: [40, 30, 20, 10, 5],
    apply: (pixels, shape, level) => reduceContrast(pixels, shape, level / 100),
  },
};

/**
 * Corrupts images. What is random depends only on the index of the image and on the corruption, so that an image changes in the same direction, and has the
 * same pattern of noise, at every severity.
 *
 * @param images `[count, height, width, channels]`, from 0 to 255
 * @param shape of one image
 * @param level one of the corruption's levels
 * @param first the index of the first image
 * @returns of the same shape, rounded (halves to the even number), and cut off at 0 and 255
 */
export function corruptImages(
  images: Uint8Array,
  shape: Shape,
  { name, level, first }: { readonly name: CorruptionName; readonly level: number; readonly first: number },
): Uint8Array {
  const size = sizeOf(shape);
  const corrupted = new Uint8ClampedArray(images.length);
  for (let at = 0; at < images.length; at += size) {
    const index = first + at / size;
    const random = new Random(index * CORRUPTIONS.length + CORRUPTIONS.indexOf(name));
    corrupted.set(corruptions[name].apply(images.subarray(at, at + size), shape, level, random), at);
  }
  return new Uint8Array(corrupted.buffer);
}
