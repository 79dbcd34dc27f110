import type { PageModel } from '../pageModel.js';

/** Side of the square that is wiped out, and from one such square to the next, as shares of the image's shorter side. */
const WINDOW = 5 / 28;
const STRIDE = 2 / 28;
/** Squares with less ink than this share of their pixels cannot matter. */
const LEAST_INK = 0.02;

/**
 * Which part of an image speaks for an answer: how far the logarithm of its odds falls when a small square is wiped out, spread
 * over that square. Ink is wiped out to paper, a picture to its mean colour. Source of the method: Zeiler and Fergus,
 * "Visualizing and Understanding Convolutional Networks", 2014.
 *
 * @param pixels one image, `[height, width, channels]`, from 0 to 1
 * @param label the answer
 * @returns `[height, width]`, from -1 (against) to 1 (for)
 */
export function saliencyOf(reader: PageModel, pixels: Float32Array, label: number): Float32Array {
  const [height, width, channels] = reader.shape;
  const isInk = reader.inputKind === 'digit';
  const all = squaresOf(height, width);
  const squares = isInk ? all.filter((square) => hasInk(pixels, square)) : all;
  const wiped = isInk ? new Float32Array(channels) : meanColour(pixels, channels);
  const images = new Float32Array(pixels.length * (squares.length + 1));
  images.set(pixels);
  squares.forEach((square, i) => {
    const start = (i + 1) * pixels.length;
    images.set(pixels, start);
    for (const at of square) images.set(wiped, start + at * channels);
  });
  const logits = reader.classifier.logits(images);
  const classes = reader.classes.length;
  const evidence = (image: number) => logOdds(logits.subarray(image * classes, (image + 1) * classes), label);

  const [sums, counts] = [new Float32Array(height * width), new Float32Array(height * width)];
  const whole = evidence(0);
  squares.forEach((square, i) => {
    const fall = whole - evidence(i + 1);
    for (const at of square) {
      sums[at] += fall;
      counts[at] += 1;
    }
  });
  const means = sums.map((sum, at) => (counts[at] === 0 ? 0 : sum / counts[at]));
  const largest = means.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return means.map((value) => value / largest);
}

/** Unlike the probability, it still moves where the network is sure. */
function logOdds(logits: Float32Array, label: number): number {
  const others = logits.filter((_, other) => other !== label);
  const largest = Math.max(...others);
  return (
    logits[label] - largest - Math.log(others.reduce((sum, logit) => sum + Math.exp(logit - largest), 0))
  );
}

/** The places in each square, row by row. */
function squaresOf(height: number, width: number): number[][] {
  const [side, stride] = [WINDOW, STRIDE].map((share) =>
    Math.max(1, Math.round(share * Math.min(height, width))),
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
  return square.reduce((ink, at) => ink + pixels[at], 0) >= LEAST_INK * square.length;
}

/** `[channels]` */
function meanColour(pixels: Float32Array, channels: number): Float32Array {
  const sums = new Float32Array(channels);
  pixels.forEach((value, i) => {
    sums[i % channels] += value;
  });
  return sums.map((sum) => (sum * channels) / pixels.length);
}
