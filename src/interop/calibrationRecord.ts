import * as z from 'zod/mini';
import { decodeInt8 } from '../core/base64.js';
import { InklingError } from '../core/errors.js';
import { fraction, positiveInteger, positiveNumber } from '../core/validate.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';

/** Typical features of the training images of each class, which stand for all of them. */
const prototypesSchema = z.object({
  /** The layer whose outputs they are. */
  layer: z.string(),
  /** Features of one image. */
  size: positiveInteger,
  perClass: positiveInteger,
  /** What a byte is multiplied by. */
  scale: positiveNumber,
  /** `[classes, perClass, size]`, signed bytes in Base64 */
  values: z.base64(),
});

export type Prototypes = Readonly<z.infer<typeof prototypesSchema>>;

/** How to judge whether an image resembles the training images. */
const familiaritySchema = z.object({
  prototypes: prototypesSchema,
  /** From the median to the 2 % tail of the validation images: of the log-sum-exps and of the distances. */
  logSumExpSpread: positiveNumber,
  distanceSpread: positiveNumber,
  /** Where the classes are the ten digits: the version of the digit detector, and the spread of its margins likewise. */
  detector: z.optional(z.object({ version: z.string(), marginSpread: positiveNumber })),
  /** An image with a lower familiarity is out of distribution. */
  threshold: z.number(),
});

export type Familiarity = Readonly<z.infer<typeof familiaritySchema>>;

export const calibrationSchema = z.pipe(
  z.transform(withCurrentNames),
  z.object({
    /** Logits are divided by it before softmax. */
    temperature: positiveNumber,
    /** A prediction with a lower confidence is doubtful. */
    threshold: fraction,
    /** So is one for an image whose logits have a lower log-sum-exp. */
    logSumExpThreshold: z.number(),
    /** Decides instead of the log-sum-exp alone, where the features of the training images were measured. */
    familiarity: z.optional(familiaritySchema),
    /** The share of the measured images whose predictions are not doubtful, and the accuracy of these. */
    coverage: fraction,
    precision: fraction,
    /** The number of images measured. */
    images: positiveInteger,
    /**
     * What the images have to do with the epoch of the model: `cross-fitted`, each was measured at an epoch that it did not select;
     * `same-images`, they selected the epoch; `none`, they selected none. Absent if nothing was fitted, and in records of earlier versions.
     */
    selection: z.optional(z.enum(['cross-fitted', 'same-images', 'none'])),
  }),
);

/** Records of earlier versions have another name for the threshold of the log-sum-exp. */
function withCurrentNames(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || !('leastEvidence' in record)) return record;
  const { leastEvidence: logSumExpThreshold, ...others } = record;
  return { logSumExpThreshold, ...others };
}

/**
 * When to rely on a model's predictions, as measured on images that it was not trained on.
 *
 * @interface
 */
export type Calibration = Readonly<z.infer<typeof calibrationSchema>>;

/**
 * @param who the file, for error messages
 * @throws {InklingError} when a calibration was not measured with this model
 */
export function checkCalibration({ familiarity }: Calibration, model: Model, who: string): void {
  if (familiarity === undefined) return;
  const { layer, size, perClass, values } = familiarity.prototypes;
  const { allLayers, classes } = resolveModel(model);
  const expected = classes * perClass * size;
  const { length } = decodeInt8(values);
  if (length === expected && allLayers.some(({ name }) => name === layer)) return;
  throw new InklingError(
    `${who}: calibration: expected ${expected} features of a layer of ${model.name}, got ${length} of the layer "${layer}"; ` +
      'it belongs to another model: get a clean copy',
  );
}
