import { decodeInt8 } from '../../core/base64.js';
import { toUnitFloats } from '../../core/pixels.js';
import { argmax } from '../softmax.js';
import { detectorWeights } from './detectorWeights.js';
import { DIGIT_PIXELS, orientationsOf } from './orientations.js';
import type { LayerWeights } from './weights.js';

/** The logits of the ten digits and, last, of anything else. */
const CLASSES = 11;
const NONE = CLASSES - 1;
/** The detector judges a model if it recognizes at least this share of the validation images. */
const MIN_RECOGNIZED = 0.9;
/** The outputs that are computed in parallel. */
const PARALLEL = 4;

interface Layer {
  /** `[outputs, inputs]`, followed by zeros for up to three more outputs */
  readonly weights: Float32Array;
  readonly biases: readonly number[];
}

interface Network {
  readonly hidden: Layer;
  readonly output: Layer;
}

let network: Network | undefined;

/**
 * Whether an image shows a digit at all, whatever model classifies it: a network with one hidden layer on the orientations of
 * strokes, trained on digits and on random shapes. Source: Hendrycks et al., "Deep Anomaly Detection with Outlier
 * Exposure", ICLR 2019.
 *
 * @param pixels `[28, 28]`, a digit input from 0 to 1
 * @returns `[11]` logits: of the digits 0 to 9, and of anything else
 */
export function detectDigit(pixels: Float32Array): Float32Array {
  network ??= decodeNetwork();
  const hidden = apply(network.hidden, orientationsOf(pixels));
  return apply(
    network.output,
    hidden.map((value) => Math.max(0, value)),
  );
}

/**
 * How much more an image looks like anything else than like the predicted digit.
 *
 * @param detected the logits of `detectDigit`
 */
export function nonDigitMargin(detected: Float32Array, predicted: number): number {
  return detected[NONE] - detected[predicted];
}

/**
 * What the detector finds in labeled images, if they are digits and each has its own value as label, so that it can judge a
 * model that classifies such images.
 *
 * @param images `[count, 28, 28]`, from 0 to 255
 * @returns the logits of `detectDigit` for each image; undefined if it does not recognize at least 90 % of them
 */
export function detectIfDigits(images: Uint8Array, labels: Uint8Array): Float32Array[] | undefined {
  const size = images.length / labels.length;
  if (size !== DIGIT_PIXELS) return undefined;
  const detected = Array.from(labels, (_, i) =>
    detectDigit(toUnitFloats(images.subarray(i * size, (i + 1) * size))),
  );
  const recognized = detected.filter((logits, i) => argmax(logits.subarray(0, NONE)) === labels[i]);
  return recognized.length >= MIN_RECOGNIZED * detected.length ? detected : undefined;
}

function decodeNetwork(): Network {
  const { HIDDEN, OUTPUT } = detectorWeights();
  return { hidden: decode(HIDDEN), output: decode(OUTPUT) };
}

function decode({ weights, scales, biases }: LayerWeights): Layer {
  const bytes = decodeInt8(weights);
  const inputs = bytes.length / biases.length;
  const padded = new Float32Array(inputs * PARALLEL * Math.ceil(biases.length / PARALLEL));
  padded.set(Float32Array.from(bytes, (byte, i) => scales[Math.floor(i / inputs)] * byte));
  return { weights: padded, biases };
}

/** Computes four outputs in parallel, which takes a quarter of the time. */
function apply({ weights, biases }: Layer, inputs: Float32Array): Float32Array {
  const { length } = inputs;
  const outputs = Float32Array.from(biases);
  for (let first = 0; first < outputs.length; first += PARALLEL) {
    const start = first * length;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < length; i++) {
      const at = start + i;
      const value = inputs[i];
      a += value * weights[at];
      b += value * weights[at + length];
      c += value * weights[at + 2 * length];
      d += value * weights[at + 3 * length];
    }
    outputs[first] += a;
    outputs[first + 1] += b;
    outputs[first + 2] += c;
    outputs[first + 3] += d;
  }
  return outputs;
}
