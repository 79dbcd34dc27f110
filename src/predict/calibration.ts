import { z } from 'zod';

/** How far a network's answers can be trusted, as measured on images that it has not learned from. */
export const calibrationSchema = z.object({
  /** What logits are divided by before softmax. */
  temperature: z.number().positive(),
  /** An answer with a smaller probability is a doubtful one. */
  threshold: z.number().min(0).max(1),
  /** The share of the measured images whose answers are not doubtful, and how many of those answers are right. */
  coverage: z.number().min(0).max(1),
  precision: z.number().min(0).max(1),
  /** How many images were measured. */
  images: z.int().min(1),
});

export type Calibration = Readonly<z.infer<typeof calibrationSchema>>;

/** The share of answers that are to be right among those that are not doubtful. */
const WANTED_PRECISION = 0.99;

const SMALLEST_TEMPERATURE = 0.05;
const LARGEST_TEMPERATURE = 20;
/** Halves the interval's logarithm to less than a thousandth. */
const SEARCH_STEPS = 40;

/**
 * Fits the temperature that makes probabilities honest, and the probability below which an answer is doubtful: the
 * smallest with which 99 % of the other answers are right. Source of the method: Guo et al., "On Calibration of
 * Modern Neural Networks", ICML 2017.
 *
 * @param logits `[images, classes]`
 * @param labels `[images]`
 */
export function calibrate(logits: Float32Array, labels: Uint8Array): Calibration {
  const classes = logits.length / labels.length;
  const temperature = bestTemperature(logits, labels, classes);
  const answers = Array.from(labels, (label, image) => {
    const probabilities = softmax(logits.subarray(image * classes, (image + 1) * classes), temperature);
    const confidence = Math.max(...probabilities);
    return { confidence, right: probabilities.indexOf(confidence) === label };
  }).sort((a, b) => b.confidence - a.confidence);
  return { temperature, ...thresholdOf(answers), images: labels.length };
}

/**
 * @param logits `[classes]`
 * @returns `[classes]`, which add up to 1
 */
export function softmax(logits: Float32Array, temperature: number): number[] {
  const largest = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp((logit - largest) / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** By golden section: the mean cross-entropy has one minimum in the logarithm of the temperature. */
function bestTemperature(logits: Float32Array, labels: Uint8Array, classes: number): number {
  const lossAt = (logarithm: number) => meanLoss(logits, labels, classes, Math.exp(logarithm));
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(SMALLEST_TEMPERATURE), Math.log(LARGEST_TEMPERATURE)];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (lossAt(left) < lossAt(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

function meanLoss(logits: Float32Array, labels: Uint8Array, classes: number, temperature: number): number {
  let sum = 0;
  for (let image = 0; image < labels.length; image++) {
    const own = logits.subarray(image * classes, (image + 1) * classes);
    const largest = Math.max(...own);
    const total = own.reduce((all, logit) => all + Math.exp((logit - largest) / temperature), 0);
    sum += Math.log(total) - (own[labels[image]] - largest) / temperature;
  }
  return sum / labels.length;
}

/** @param answers the most confident first */
function thresholdOf(answers: readonly { readonly confidence: number; readonly right: boolean }[]) {
  let best = { threshold: 1, coverage: 0, precision: 1 };
  let right = 0;
  answers.forEach((answer, place) => {
    if (answer.right) right += 1;
    const precision = right / (place + 1);
    if (precision >= WANTED_PRECISION) {
      best = { threshold: answer.confidence, coverage: (place + 1) / answers.length, precision };
    }
  });
  return best;
}
