/** JSON bodies of `/api`, the interface of the page. */
import * as z from 'zod';
import { DATASET_PARTS } from '../data/parts.js';
import { listedStateSchema, runStateSchema } from '../runs/runState.js';
import { runSummarySchema } from '../runs/runSummary.js';
import { configSchema } from '../train/config.js';
import type { Value } from '../sweep/space/distribution.js';
import { savedEpochRecordSchema } from '../train/epochRecord.js';
import { progressSchema } from '../train/events.js';

export const runItemSchema = z.object({
  name: z.string().describe('Name of the run folder.'),
  state: listedStateSchema.describe(
    'How the run ended; "running" and "unfinished" runs have no summary yet, the records of "broken" ones cannot be read.',
  ),
  problem: z.string().optional().describe('Why the records cannot be read; only for "broken".'),
  model: z.string().optional().describe('Preset or model file.'),
  dataset: z.string().optional().describe('Name of the data set.'),
  seed: z.int().optional().describe('Seed of the initial weights and the batch order.'),
  epochs: z.int().optional().describe('Number of epochs in the configuration.'),
  validationAccuracy: z.number().optional().describe('Of the best epoch, from 0 to 1.'),
  testAccuracy: z.number().optional().describe('From 0 to 1.'),
  testMacroF1: z
    .number()
    .optional()
    .describe('Mean F1 score of the classes on the test images, from 0 to 1.'),
  parameters: z.int().optional().describe('Number of parameters of the model.'),
  seconds: z.number().optional().describe('Duration of the run.'),
});

export const runListSchema = z.object({ runs: z.array(runItemSchema).describe('Sorted by name.') });

export const runFileSchema = z.object({
  name: z.string().describe('Name of the file, for `/api/runs/{name}/files/{file}`.'),
  bytes: z.int().describe('Its size.'),
});

export const runSchema = z.object({
  name: z.string().describe('Name of the run folder.'),
  state: runStateSchema.describe('How the run ended; "running" and "unfinished" runs have no summary yet.'),
  config: configSchema.check(z.describe('Content of config.json.')),
  summary: runSummarySchema.optional().describe('Content of summary.json, once the run has ended.'),
  epochs: z.array(savedEpochRecordSchema).describe('Completed epochs.'),
  progress: z.optional(progressSchema).describe('Progress of the current epoch.'),
  files: z.array(runFileSchema).describe('Its report, weights, and exports, as far as they exist.'),
});

// The schema of JSON is recursive, which an OpenAPI document would describe in detail.
const settingSchema = z
  .custom<Value>((value) => z.json().safeParse(value).success)
  .describe('A setting as in config.json; null leaves it out.');

const distributionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choice'), choices: z.array(settingSchema).describe('All values.') }),
  z.object({
    kind: z.literal(['int', 'float']),
    low: z.number().describe('Lowest value.'),
    high: z.number().describe('Highest value.'),
    step: z.number().optional().describe('Distance of two values.'),
    log: z.boolean().describe('Whether the values are uniform in the logarithm.'),
  }),
]);

export const sweepItemSchema = z.object({
  name: z.string().describe('Name of the folder of the sweep.'),
  state: z
    .enum(['running', 'done', 'unfinished', 'broken'])
    .describe('"unfinished" sweeps can be resumed; the journal of "broken" ones cannot be read.'),
  problem: z.string().optional().describe('Why the journal cannot be read; only for "broken".'),
  sampler: z.string().optional().describe('What suggests settings.'),
  pruner: z.string().optional().describe('What ends trials early.'),
  ended: z.int().optional().describe('Number of trials that have ended.'),
  target: z.int().optional().describe('Number of trials that the sweep is to have.'),
  direction: z
    .enum(['maximize', 'minimize'])
    .optional()
    .describe('Whether trials are ranked by the validation accuracy or the validation loss.'),
  best: z.int().optional().describe('Number of the best trial.'),
  validation: z.number().optional().describe('Metric of the best trial.'),
  testAccuracy: z.number().optional().describe('Of the best trial, from 0 to 1, once it has been scored.'),
});

export const sweepListSchema = z.object({ sweeps: z.array(sweepItemSchema).describe('Sorted by name.') });

export const sweepTrialSchema = z.object({
  number: z.int().describe('From 0.'),
  state: z
    .enum(['running', 'paused', 'complete', 'pruned', 'failed'])
    .describe('How the trial ended; "paused" ones are continued if they are among the best.'),
  isStopping: z.boolean().describe('Whether it has been asked to end.'),
  value: z
    .number()
    .optional()
    .describe('Metric of the best epoch of a complete trial, and of the last one of another.'),
  epochs: z.int().describe('Number of completed epochs.'),
  params: z
    .record(z.string(), settingSchema)
    .describe('Settings that vary and have an effect in this trial.'),
  run: z.string().optional().describe('Name of its run, for `/api/runs/{name}`.'),
  error: z.string().optional().describe('Why it failed.'),
});

export const sweepSchema = z.object({
  ...sweepItemSchema.omit({ problem: true }).required({ direction: true, target: true, ended: true }).shape,
  conclusion: z.string().optional().describe('What follows from the results, once a trial is selected.'),
  parameters: z
    .array(
      z.object({
        name: z.string().describe('Name of the setting.'),
        distribution: distributionSchema.describe('Its values.'),
      }),
    )
    .describe('The settings that vary.'),
  trials: z.array(sweepTrialSchema).describe('By their numbers.'),
});

export const servedModelSchema = z.object({
  name: z.string().describe('Name of the run or the file.'),
});

export const datasetItemSchema = z.object({
  name: z.string().describe('Name of the data set.'),
  available: z.boolean().describe('Whether its files are on this machine.'),
});
export const datasetListSchema = z.object({
  datasets: z.array(datasetItemSchema).describe('Known data sets first, then those of runs.'),
});

export const datasetSchema = z.object({
  name: z.string().describe('Name of the data set.'),
  source: z.string().describe('Where the data came from, and whether its hash was verified.'),
  shape: z
    .tuple([z.int(), z.int(), z.int()])
    .describe('Shape of one image: height, width, and number of channels.'),
  classes: z.array(z.string()).describe('Names of the classes, by label.'),
  counts: z
    .record(z.enum(DATASET_PARTS), z.array(z.int()))
    .describe('Number of images per class, for each part.'),
});

export const imagePageSchema = z.object({
  total: z.int().describe('Number of images that match the query.'),
  indices: z.array(z.int()).describe('Index of each image in its file.'),
  labels: z.array(z.int()).describe('Class of each image.'),
  pixels: z.string().describe('Bytes in base64: images × height × width × channels, each from 0 to 255.'),
});

/** Maximum number of images in one response. */
export const MAX_IMAGES_PER_PAGE = 1000;

export const imageQuerySchema = z.object({
  label: z.coerce.number().int().min(0).optional().describe('Only images of this class.'),
  first: z.coerce.number().int().min(0).default(0).describe('Number of images to skip.'),
  count: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_IMAGES_PER_PAGE)
    .default(100)
    .describe('Maximum number of images in the response.'),
  run: z.string().optional().describe('The run whose data set is meant, if several have one of this name.'),
});

export type RunItem = z.infer<typeof runItemSchema>;
export type RunFile = z.infer<typeof runFileSchema>;
export type Run = z.infer<typeof runSchema>;
export type SweepItem = z.infer<typeof sweepItemSchema>;
export type SweepTrial = z.infer<typeof sweepTrialSchema>;
export type Sweep = z.infer<typeof sweepSchema>;
export type ServedModel = z.infer<typeof servedModelSchema>;
export type DatasetItem = z.infer<typeof datasetItemSchema>;
export type DatasetSummary = z.infer<typeof datasetSchema>;
export type ImagePage = z.infer<typeof imagePageSchema>;
