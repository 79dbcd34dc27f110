import type { Reader } from '../reader.js';

/** Side of the square that is wiped out, and from one such square to the next, in pixels. */
const WINDOW = 5;
const STRIDE = 2;
/** Squares with less ink cannot matter. */
const LEAST_INK = 0.5;

/**
 * Which ink speaks for an answer: how far the logarithm of its odds falls when a small square is wiped out, spread over
 * that square. Source of the method: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2014.
 *
 * @param pixels one image of one channel, `[side, side]`
 * @param label the answer
 * @returns `[side, side]`, from -1 (against) to 1 (for)
 */
export function saliencyOf(reader: Reader, pixels: Float32Array, label: number): Float32Array {
  const side = Math.sqrt(pixels.length);
  const squares = inkySquares(pixels, side);
  const images = new Float32Array(pixels.length * (squares.length + 1));
  images.set(pixels);
  squares.forEach((square, i) => {
    images.set(pixels, (i + 1) * pixels.length);
    for (const at of square) images[(i + 1) * pixels.length + at] = 0;
  });
  const logits = reader.classifier.logits(images);
  const classes = reader.classes.length;
  const evidence = (image: number) => logOdds(logits.subarray(image * classes, (image + 1) * classes), label);

  const [sums, counts] = [new Float32Array(pixels.length), new Float32Array(pixels.length)];
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

/** The places in each square that has ink. */
function inkySquares(pixels: Float32Array, side: number): number[][] {
  const squares: number[][] = [];
  for (let top = 0; top <= side - WINDOW; top += STRIDE) {
    for (let left = 0; left <= side - WINDOW; left += STRIDE) {
      const square = Array.from(
        { length: WINDOW * WINDOW },
        (_, i) => (top + Math.floor(i / WINDOW)) * side + left + (i % WINDOW),
      );
      if (square.reduce((ink, at) => ink + pixels[at], 0) >= LEAST_INK) squares.push(square);
    }
  }
  return squares;
}
