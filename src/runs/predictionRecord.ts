import { z } from 'zod';

/** Told from others by a reader, before it reads on. */
export const PREDICTION_RECORD_FORMAT = 1;

const count = z.int().min(0);

const bytes = z.codec(
  z.base64(),
  z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  {
    decode: (text) => z.util.base64ToUint8Array(text),
    encode: (array) => z.util.uint8ArrayToBase64(array),
  },
);

const sampleSchema = z.object({
  label: count,
  /** `[height, width, channels]`, from 0 to 255. */
  pixels: bytes,
});

const answeredSchema = z.object({
  /** Its place among the test images, from 0. */
  image: count,
  /** `[height, width, channels]`, from 0 to 255. */
  pixels: bytes,
  /** Of each class. */
  probabilities: z.array(z.number().min(0).max(1)).readonly(),
});

const countsSchema = z.array(count).readonly();

/** What `predictions.json` holds: what a report shows of a run beside its numbers. */
export const predictionRecordSchema = z.object({
  format: z.literal(PREDICTION_RECORD_FORMAT),
  /** Images of each class. */
  classCounts: z.object({ train: countsSchema, validation: countsSchema, test: countsSchema }),
  /** A few training images of each class, class by class. */
  samples: z.array(sampleSchema).readonly(),
  /** The true and the predicted class of each test image. */
  labels: bytes,
  predictions: bytes,
  /** Some test images with the network's answers: a few it has right, and its most confident mistakes. */
  answers: z.array(answeredSchema).readonly(),
});

export type PredictionRecord = Readonly<z.output<typeof predictionRecordSchema>>;
export type Sample = PredictionRecord['samples'][number];
export type RecordedPrediction = PredictionRecord['answers'][number];

/** As it is written to a file. */
export function encodePredictionRecord(evidence: PredictionRecord): string {
  return JSON.stringify(z.encode(predictionRecordSchema, evidence));
}
