/** JSON bodies of `/v1`, the interface for programs. */
import * as z from 'zod';
import { ERROR_CODES } from '../core/errors.js';
import { doubtCodeSchema } from '../predict/doubt.js';
import { DEFAULT_TOP, MAX_TOP } from '../predict/ranking.js';

export const predictQuerySchema = z.strictObject({
  top: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_TOP)
    .default(DEFAULT_TOP)
    .describe('Number of classes per image, most likely first.'),
});

export const rankedClassSchema = z.object({
  class: z.string().describe('Name of the class.'),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .describe('Its probability, calibrated if the run measured a calibration.'),
});

export const doubtReasonSchema = z.object({
  code: doubtCodeSchema,
  text: z.string().describe('The reason in English.'),
});

export const predictionSchema = rankedClassSchema.extend({
  file: z.string().optional().describe('File name; only for files uploaded in a form.'),
  note: z
    .string()
    .optional()
    .describe('How the file was read, if not as a whole: such as only its first frame.'),
  doubtful: z.boolean().describe('Whether the prediction is unreliable.'),
  reasons: z.array(doubtReasonSchema).readonly().describe('Why it is doubtful; empty if it is not.'),
  top: z.array(rankedClassSchema).readonly().describe('The most likely classes, in descending order.'),
});

export const fileErrorSchema = z.object({
  file: z.string().describe('File name.'),
  error: z.string().describe('Why the file cannot be read.'),
});

export const predictionsSchema = z.object({
  model: z.string().describe('Name of the model.'),
  predictions: z
    .array(z.union([predictionSchema, fileErrorSchema]))
    .describe(
      'One per image, in the order of the request; an error for a file of a form that cannot be read.',
    ),
});

export const modelDescriptionSchema = z.object({
  name: z.string().describe('Name of the model.'),
  dataset: z.string().describe('Name of the data set that the model was trained on.'),
  classes: z.array(z.string()).describe('Names of the classes, by label.'),
  input: z
    .object({ height: z.int(), width: z.int(), channels: z.int() })
    .describe('Shape of an image of the model.'),
  parameters: z.int().describe('Number of parameters.'),
});

export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string().describe('Name of the HTTP status.'),
  status: z.int().describe('HTTP status code.'),
  detail: z.string().describe('What was expected, what was received, and what to do.'),
  code: z
    .enum(ERROR_CODES)
    .describe('The kind of error, as in the library; remains the same when the detail is rephrased.'),
});

export type Prediction = z.infer<typeof predictionSchema>;
export type FileError = z.infer<typeof fileErrorSchema>;
export type Predictions = z.infer<typeof predictionsSchema>;
export type ModelDescription = z.infer<typeof modelDescriptionSchema>;
