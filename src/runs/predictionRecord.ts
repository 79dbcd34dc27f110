import * as z from 'zod';
import { encodeRecord } from '../core/record.js';
import { fraction, nonNegativeInteger } from '../core/validate.js';
import { type Labels, MAX_CLASSES } from '../data/classes.js';

/** The version of the file format, which is checked before the rest of the file. */
export const PREDICTION_RECORD_FORMAT = 2;

const bytes = z.codec(
  z.base64(),
  z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  {
    decode: (text) => z.util.base64ToUint8Array(text),
    encode: (array) => z.util.uint8ArrayToBase64(array),
  },
);

/** Base64 of bytes or, with more than 256 classes, a list of numbers. */
const labels = z.codec(
  z.union([z.base64(), z.array(z.int().min(0).lt(MAX_CLASSES))]),
  z.custom<Labels>((value) => value instanceof Uint8Array || value instanceof Uint16Array),
  {
    decode: (stored) =>
      typeof stored === 'string' ? z.util.base64ToUint8Array(stored) : Uint16Array.from(stored),
    encode: (array) => (array instanceof Uint8Array ? z.util.uint8ArrayToBase64(array) : Array.from(array)),
  },
);

/** Base64 of numbers of 32 bits, the lowest byte first. */
const floats = z.codec(
  z.base64(),
  z.custom<Float32Array>((value) => value instanceof Float32Array),
  {
    decode: (text) => new Float32Array(z.util.base64ToUint8Array(text).slice().buffer),
    encode: ({ buffer, byteOffset, byteLength }) =>
      z.util.uint8ArrayToBase64(new Uint8Array(buffer, byteOffset, byteLength)),
  },
);

const sampleSchema = z.object({
  label: nonNegativeInteger,
  /** `[height, width, channels]`, from 0 to 255. */
  pixels: bytes,
});

const exampleSchema = z.object({
  /** Its index among the test images. */
  image: nonNegativeInteger,
  /** `[height, width, channels]`, from 0 to 255. */
  pixels: bytes,
  /** One per class. */
  probabilities: z.array(fraction).readonly(),
});

const countsSchema = z.array(nonNegativeInteger).readonly();

/** The contents of `predictions.json`: what a report shows of a run besides its metrics. */
export const predictionRecordSchema = z.object({
  format: z.literal(PREDICTION_RECORD_FORMAT),
  /** The number of images of each class. */
  classCounts: z.object({ train: countsSchema, validation: countsSchema, test: countsSchema }),
  /** A few training images of each class, ordered by class. */
  samples: z.array(sampleSchema).readonly(),
  /** The true and the predicted class of each test image. */
  labels,
  predictions: labels,
  /**
   * `[images, classes]`: the predicted probabilities of all test images, not calibrated; absent if they are more than a million, and in
   * records of earlier versions.
   */
  probabilities: floats.optional(),
  /** Test images with the predicted probabilities: a few that are classified correctly, and the most confident errors. */
  examples: z.array(exampleSchema).readonly(),
});

/** The same apart from the version of the file. */
export type PredictionRecord = Readonly<Omit<z.output<typeof predictionRecordSchema>, 'format'>>;
export type Sample = PredictionRecord['samples'][number];
export type RecordedPrediction = PredictionRecord['examples'][number];

/** The text of `predictions.json`. */
export function encodePredictionRecord(record: PredictionRecord): string {
  return encodeRecord(z.encode(predictionRecordSchema, { format: PREDICTION_RECORD_FORMAT, ...record }));
}
