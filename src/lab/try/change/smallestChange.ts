import type { Classifier, InputGradients } from '#inkling/index.js';
import { pause } from '../../pause.js';
import { MAX_BYTE } from '../../pixels.js';

const MAX_STEPS = 100;
/** Larger changes are not looked for: the mean absolute change of all pixels, in gray levels. */
export const MAX_MEAN_LEVELS = 40;
/** How far beyond the boundary between two classes a step aims, as a part of the distance. */
const OVERSHOOT = 0.05;
/** The part of a change that suffices is searched for with this many halvings. */
const HALVINGS = 10;

/** A change with which the network takes an image for another class. */
export interface Change {
  /** The changed image, `[height, width, channels]`, from 0 to 255. */
  readonly pixels: Uint8Array;
  /** What was added to each, from -255 to 255. */
  readonly difference: Int16Array;
  /** Of the absolute differences, in gray levels. */
  readonly largest: number;
  readonly mean: number;
}

/** What is attacked. */
interface Attacked {
  readonly classifier: Pick<Classifier, 'logits' | 'shape'>;
  readonly gradients: InputGradients;
}

/**
 * Looks for a small change of an image with which the network takes it for another class: steps along the gradient of the difference of two
 * logits, as long as it takes if the network were linear, each projected onto the images from 0 to 255. Then, the smallest part of the change
 * that suffices. Source: Moosavi-Dezfooli et al., "DeepFool", CVPR 2016, with a given class.
 *
 * @param pixels what the network sees, `[height, width, channels]`, from 0 to 1
 * @param target the class, as a position among the labels
 * @returns undefined if none was found whose mean is at most `MAX_MEAN_LEVELS`
 * @throws the signal's reason when it is aborted
 */
export async function smallestChange(
  attacked: Attacked,
  pixels: Float32Array,
  target: number,
  signal: AbortSignal,
): Promise<Change | undefined> {
  let changed = pixels;
  for (let step = 0; step < MAX_STEPS; step++) {
    const logits = await logitsOf(attacked, changed, signal);
    const rival = largestBut(logits, target);
    if (logits[target] > logits[rival]) return shrink(attacked, pixels, changed, target, signal);
    const coefficients = Array.from(logits, (_, label) => (label === target ? 1 : label === rival ? -1 : 0));
    const gradient = attacked.gradients.of(changed, coefficients);
    const size = gradient.reduce((sum, value) => sum + value * value, 0);
    if (size === 0) return undefined;
    const length = ((1 + OVERSHOOT) * (logits[rival] - logits[target]) + 1e-3) / size;
    changed = changed.map((value, i) => Math.min(1, Math.max(0, value + length * gradient[i])));
    await pause();
  }
  return undefined;
}

/** The smallest part of a change that suffices, in whole gray levels, as an image file has them. */
async function shrink(
  attacked: Attacked,
  original: Float32Array,
  changed: Float32Array,
  target: number,
  signal: AbortSignal,
): Promise<Change | undefined> {
  let found: Change | undefined;
  let [least, most] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    // The whole change first: rounded, even that may not suffice.
    const part = i === 0 ? 1 : (least + most) / 2;
    const change = changeOf(original, changed, part);
    const logits = await logitsOf(attacked, change.pixels, signal);
    if (logits[target] > logits[largestBut(logits, target)]) {
      found = change;
      most = part;
    } else if (i === 0) [least, most] = [1, 2];
    else least = part;
  }
  return found === undefined || found.mean > MAX_MEAN_LEVELS ? undefined : found;
}

function changeOf(original: Float32Array, changed: Float32Array, part: number): Change {
  const difference = new Int16Array(original.length);
  const pixels = Uint8Array.from(original, (value, i) => {
    const level = MAX_BYTE * (value + part * (changed[i] - value));
    const pixel = Math.round(Math.min(MAX_BYTE, Math.max(0, level)));
    difference[i] = pixel - Math.round(MAX_BYTE * value);
    return pixel;
  });
  const sizes = difference.map(Math.abs);
  return {
    pixels,
    difference,
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
    mean: sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
  };
}

async function logitsOf(
  { classifier }: Attacked,
  pixels: Float32Array | Uint8Array,
  signal: AbortSignal,
): Promise<Float32Array> {
  return classifier.logits({ pixels, shape: classifier.shape }, { signal });
}

/** The class with the largest logit besides one. */
function largestBut(logits: Float32Array, target: number): number {
  return logits.reduce(
    (best, value, label) => (label !== target && value > (logits[best] ?? -Infinity) ? label : best),
    -1,
  );
}
