import { z } from 'zod';

/** How far a network's answers can be trusted, as measured on images that it has not learned from. */
export const calibrationSchema = z.object({
  /** What logits are divided by before softmax. */
  temperature: z.number().positive(),
  /** An answer with a smaller probability is a doubtful one. */
  threshold: z.number().min(0).max(1),
  /** So is one to an image that shows less of any class: where the logarithm of the sum of the logits' powers is smaller. */
  leastEvidence: z.number(),
  /** The share of the measured images whose answers are not doubtful, and how many of those answers are right. */
  coverage: z.number().min(0).max(1),
  precision: z.number().min(0).max(1),
  /** How many images were measured. */
  images: z.int().min(1),
});

export type Calibration = Readonly<z.infer<typeof calibrationSchema>>;

/** The share of answers that are to be right among those that are not doubtful. */
const WANTED_PRECISION = 0.99;

/** The share of the measured images that show so little of any class that they are left aside. */
const FAINT = 0.02;

const SMALLEST_TEMPERATURE = 0.05;
const LARGEST_TEMPERATURE = 20;
/** Halves the interval's logarithm to less than a thousandth. */
const SEARCH_STEPS = 40;

/**
 * Fits the temperature that makes probabilities honest, and when an answer is doubtful: where an image shows less of any
 * class than 98 % of these do, and where its probability is below the smallest from which on 99 % of the answers are right.
 * Sources of the methods: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017; Liu et al., "Energy-based
 * Out-of-distribution Detection", NeurIPS 2020.
 *
 * @param logits `[images, classes]`
 * @param labels `[images]`
 */
export function calibrate(logits: Float32Array, labels: Uint8Array): Calibration {
  const classes = logits.length / labels.length;
  const temperature = bestTemperature(logits, labels, classes);
  const answers = Array.from(labels, (label, image) => {
    const own = logits.subarray(image * classes, (image + 1) * classes);
    const probabilities = softmax(own, temperature);
    const confidence = Math.max(...probabilities);
    return { confidence, evidence: logSumExp(own), right: probabilities.indexOf(confidence) === label };
  });
  const threshold = thresholdOf(answers);
  const leastEvidence = logSumExpThresholdOf(answers);
  const sure = answers.filter((answer) => answer.confidence >= threshold && answer.evidence >= leastEvidence);
  return {
    temperature,
    threshold,
    leastEvidence,
    coverage: sure.length / answers.length,
    precision: sure.length === 0 ? 1 : sure.filter(({ right }) => right).length / sure.length,
    images: answers.length,
  };
}

/**
 * How likely each class is: honest probabilities where the network was measured, else those that softmax gives.
 *
 * @param logits `[classes]`
 * @returns `[classes]`, which add up to 1
 */
export function confidencesOf(logits: Float32Array, calibration: Calibration | undefined): number[] {
  return softmax(logits, calibration?.temperature ?? 1);
}

/** `log(sum(exp(logits)))`, computed without overflow. */
export function logSumExp(logits: Float32Array): number {
  const largest = Math.max(...logits);
  return largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
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

interface MeasuredAnswer {
  readonly confidence: number;
  readonly evidence: number;
  readonly right: boolean;
}

/** The smallest confidence from which on enough answers are right; 1 where there is none. */
function thresholdOf(answers: readonly MeasuredAnswer[]): number {
  let threshold = 1;
  let right = 0;
  const surestFirst = [...answers].sort((a, b) => b.confidence - a.confidence);
  surestFirst.forEach((answer, place) => {
    if (answer.right) right += 1;
    if (right / (place + 1) >= WANTED_PRECISION) threshold = answer.confidence;
  });
  return threshold;
}

function logSumExpThresholdOf(answers: readonly MeasuredAnswer[]): number {
  const sorted = Float64Array.from(answers, ({ evidence }) => evidence).sort();
  return sorted[Math.floor(FAINT * sorted.length)];
}
