import * as z from 'zod/mini';
import { checkValues } from '../core/arguments/checkOptions.js';
import { hasField, type Kind } from '../core/arguments/kinds.js';
import { formatPercent } from '../core/format.js';
import type { Shape } from '../core/shape.js';
import { type ConcernCode, CONCERNS } from '../images/concern.js';
import type { Calibration } from '../interop/calibrationRecord.js';
import { canCalibrate, confidencesOf, DEFAULT_THRESHOLD } from './calibration.js';
import { detectDigit } from './detector/detector.js';
import { familiarityOf, isCurrent } from './familiarity.js';
import { concernsOfInput } from './inputConcerns.js';
import { logSumExp } from './softmax.js';

/**
 * Why a prediction is doubtful: a concern about its image; `low-confidence`: the calibrated confidence is below the threshold;
 * `out-of-distribution`: the model finds less in the image that it knows from training than in nearly all validation images, so
 * that the image probably shows none of the classes.
 */
export const doubtCodeSchema = z.enum([
  ...(Object.keys(CONCERNS) as ConcernCode[]),
  'low-confidence',
  'out-of-distribution',
]);

/** One reason why a prediction is doubtful. */
export interface DoubtReason {
  readonly code: z.infer<typeof doubtCodeSchema>;
  /** An explanation in English. */
  readonly text: string;
}

/** Whether a prediction should not be relied on, and why. */
export interface Doubt {
  readonly doubtful: boolean;
  /** Empty for a prediction that is not doubtful. */
  readonly reasons: readonly DoubtReason[];
}

/** The reasons in one phrase. */
export function reasonsText(reasons: readonly DoubtReason[]): string {
  return reasons.map(({ text }) => text).join('; ');
}

/** The logits for an image, its input, and concerns about it. */
export interface Evidence {
  /** `[classes]` */
  readonly logits: Float32Array;
  /** The model's input, `[height, width, channels]`, from 0 to 1. */
  readonly pixels: Float32Array;
  readonly shape: Shape;
  /** What the model found, as `featuresOf` returns it; without, the logits alone are judged. */
  readonly features?: Float32Array | undefined;
  /** Found when the input was made from an image. */
  readonly concerns?: readonly ConcernCode[] | undefined;
}

const EVIDENCE: Kind = {
  what: 'an object such as { logits, pixels, shape }',
  accepts: (value) => hasField(value, 'logits') && hasField(value, 'pixels') && hasField(value, 'shape'),
};

/**
 * Assesses the prediction for one image: the only place that decides whether a prediction is doubtful.
 *
 * @param calibration of a model for which there is a `CompiledModel`; without one, and with one of fewer than 50 images, a
 *   confidence below 50 % is doubtful, and no image is out of distribution
 * @throws {UsageError} for anything but evidence
 */
export function assessDoubt(evidence: Evidence, calibration: Calibration | undefined): Doubt {
  checkValues('assessDoubt', { evidence }, { evidence: EVIDENCE });
  const { logits, features, pixels, shape, concerns = [] } = evidence;
  const reasons: DoubtReason[] = [...new Set([...concerns, ...concernsOfInput(pixels, shape)])].map(
    (code) => ({ code, text: CONCERNS[code] }),
  );
  const confidence = Math.max(...confidencesOf(logits, calibration));
  const fitted = calibration && canCalibrate(calibration.images) ? calibration : undefined;
  const threshold = fitted?.threshold ?? DEFAULT_THRESHOLD;
  if (confidence < threshold) {
    const [shown, limit] = [formatPercent(confidence), formatPercent(threshold)];
    const below = shown === limit ? 'slightly below the threshold' : `below the threshold of ${limit}`;
    reasons.push({ code: 'low-confidence', text: `confidence of ${shown} is ${below}` });
  }
  if (fitted !== undefined && isOutOfDistribution({ logits, features, pixels }, fitted)) {
    reasons.push({ code: 'out-of-distribution', text: 'the image does not resemble the validation images' });
  }
  return { doubtful: reasons.length > 0, reasons };
}

function isOutOfDistribution(
  { logits, features, pixels }: Pick<Evidence, 'logits' | 'features' | 'pixels'>,
  { familiarity, logSumExpThreshold }: Calibration,
): boolean {
  if (familiarity === undefined || features === undefined || !isCurrent(familiarity))
    return logSumExp(logits) < logSumExpThreshold;
  const detected = familiarity.detector && detectDigit(pixels);
  return familiarityOf(familiarity, { logits, features, detected }) < familiarity.threshold;
}
