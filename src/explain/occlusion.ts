import type { Shape } from '../core/shape.js';
import type { InputKind } from '../images/inputKind.js';

/** Side of the occluding square, and distance between neighboring squares, as fractions of the image's shorter side. */
const WINDOW = 5 / 28;
const STRIDE = 2 / 28;
/** In a digit, squares whose mean brightness is lower are background, and occluding them changes nothing. */
const MIN_INK = 0.02;

/** The model whose prediction is explained. */
export interface OcclusionModel {
  /** `[height, width, channels]` */
  readonly shape: Shape;
  readonly inputKind: InputKind;
  /** Computes logits `[images, classes]` of images `[images, height, width, channels]` from 0 to 1. */
  readonly logits: (images: Float32Array) => Promise<Float32Array>;
}

/**
 * Occlusion saliency: how much the log-odds of a class drop when a small square of the image is replaced, averaged over the
 * squares that cover a pixel. A digit is replaced by background, any other image by its mean color. Source: Zeiler and Fergus,
 * "Visualizing and Understanding Convolutional Networks", ECCV 2014.
 *
 * @param pixels one image, `[height, width, channels]`, from 0 to 1
 * @param label the class to explain
 * @returns `[height, width]`, from -1 (counts against the class) to 1 (counts for it)
 */
export async function occlusionSaliency(
  { shape: [height, width, channels], inputKind, logits }: OcclusionModel,
  pixels: Float32Array,
  label: number,
): Promise<Float32Array> {
  const isDigit = inputKind === 'digit';
  const all = squaresOf(height, width);
  const squares = isDigit ? all.filter((square) => hasInk(pixels, square)) : all;
  const replacement = isDigit ? new Float32Array(channels) : meanColor(pixels, channels);
  const images = withOcclusions(pixels, squares, replacement);
  return meanDrops(squares, height * width, await logits(images), label);
}

/** @param logits of the image itself, then of the copy for each square, `[images, classes]` */
function meanDrops(
  squares: readonly (readonly number[])[],
  size: number,
  logits: Float32Array,
  label: number,
): Float32Array {
  const classes = logits.length / (squares.length + 1);
  const logOddsOf = (image: number) =>
    logOdds(logits.subarray(image * classes, (image + 1) * classes), label);
  const [sums, counts] = [new Float32Array(size), new Float32Array(size)];
  const original = logOddsOf(0);
  squares.forEach((square, i) => {
    const drop = original - logOddsOf(i + 1);
    for (const position of square) {
      sums[position] += drop;
      counts[position] += 1;
    }
  });
  const means = sums.map((sum, position) => (counts[position] === 0 ? 0 : sum / counts[position]));
  const largest = means.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 1e-6);
  return means.map((value) => value / largest);
}

/** The image itself, then one copy per square. */
function withOcclusions(
  pixels: Float32Array,
  squares: readonly (readonly number[])[],
  replacement: Float32Array,
): Float32Array {
  const images = new Float32Array(pixels.length * (squares.length + 1));
  images.set(pixels);
  squares.forEach((square, i) => {
    const start = (i + 1) * pixels.length;
    images.set(pixels, start);
    for (const position of square) images.set(replacement, start + position * replacement.length);
  });
  return images;
}

/** Unlike a probability, log-odds do not saturate when the model is confident. */
function logOdds(logits: Float32Array, label: number): number {
  const others = logits.filter((_, other) => other !== label);
  const largest = Math.max(...others);
  return (
    logits[label] - largest - Math.log(others.reduce((sum, logit) => sum + Math.exp(logit - largest), 0))
  );
}

/** The positions of the pixels in each square. */
function squaresOf(height: number, width: number): number[][] {
  const [side, stride] = [WINDOW, STRIDE].map((fraction) =>
    Math.max(1, Math.round(fraction * Math.min(height, width))),
  );
  const squares: number[][] = [];
  for (let top = 0; top <= height - side; top += stride) {
    for (let left = 0; left <= width - side; left += stride) {
      squares.push(
        Array.from(
          { length: side * side },
          (_, i) => (top + Math.floor(i / side)) * width + left + (i % side),
        ),
      );
    }
  }
  return squares;
}

function hasInk(pixels: Float32Array, square: readonly number[]): boolean {
  return square.reduce((ink, position) => ink + pixels[position], 0) >= MIN_INK * square.length;
}

/** `[channels]` */
function meanColor(pixels: Float32Array, channels: number): Float32Array {
  const sums = new Float32Array(channels);
  pixels.forEach((value, i) => {
    sums[i % channels] += value;
  });
  return sums.map((sum) => (sum * channels) / pixels.length);
}
