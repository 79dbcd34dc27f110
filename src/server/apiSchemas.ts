/** What the page and the server say to each other, in JSON. */
import { z } from 'zod';
import { calibrationSchema } from '../predict/calibration.js';
import { configSchema } from '../train/config.js';
import { stopReasons, runSummarySchema } from '../runs/runSummary.js';
import { savedEpochRecordSchema } from '../train/epochRecord.js';

/** How far a run has come. */
export const progressSchema = z.object({
  epoch: z.int(),
  epochs: z.int(),
  step: z.int(),
  steps: z.int(),
  trainLoss: z.number(),
  imagesPerSecond: z.number(),
  secondsLeft: z.number(),
});

/** How a run ended; `running` and `unfinished` ones did not, and a `broken` one's records cannot be read. */
const stateSchema = z.enum([...stopReasons, 'running', 'unfinished', 'broken']);

/** A run in the list of runs. */
export const runItemSchema = z.object({
  /** The name of its folder. */
  name: z.string(),
  state: stateSchema,
  /** Why its records cannot be read, where they cannot. */
  problem: z.string().optional(),
  model: z.string().optional(),
  dataset: z.string().optional(),
  seed: z.int().optional(),
  epochs: z.int().optional(),
  validationAccuracy: z.number().optional(),
  testAccuracy: z.number().optional(),
  parameters: z.int().optional(),
  seconds: z.number().optional(),
});

export const runListSchema = z.object({ runs: z.array(runItemSchema) });

/** All that is known of a run. */
export const runSchema = z.object({
  name: z.string(),
  state: stateSchema,
  config: configSchema,
  summary: runSummarySchema.optional(),
  /** Those done so far. */
  epochs: z.array(savedEpochRecordSchema),
  /** The last it said of an epoch under way. */
  progress: progressSchema.optional(),
});

/** The model that is served. */
export const servedModelSchema = z.object({
  name: z.string(),
  /** How sure its answers are; missing for a model whose run did not measure it. */
  calibration: calibrationSchema.optional(),
});

/** A data set that can be looked at. */
const dataItemSchema = z.object({ name: z.string(), available: z.boolean() });
export const datasetListSchema = z.object({ datasets: z.array(dataItemSchema) });

export const PARTS = ['train', 'validation', 'test'] as const;
export type Part = (typeof PARTS)[number];

/** A data set in numbers. */
export const datasetSchema = z.object({
  name: z.string(),
  source: z.string(),
  shape: z.tuple([z.int(), z.int(), z.int()]),
  classes: z.array(z.string()),
  /** How many images each part has of each class. */
  counts: z.record(z.enum(PARTS), z.array(z.int())),
});

/** A run of images of one part, and of one class where one was asked for. */
export const imagePageSchema = z.object({
  /** How many there are to ask for. */
  total: z.int(),
  /** The place of each image in the data set's file. */
  indices: z.array(z.int()),
  labels: z.array(z.int()),
  /** `[images, height, width, channels]`, bytes in base64. */
  pixels: z.string(),
});

export type Progress = z.infer<typeof progressSchema>;
export type RunState = z.infer<typeof stateSchema>;
export type RunItem = z.infer<typeof runItemSchema>;
export type Run = z.infer<typeof runSchema>;
export type ServedModel = z.infer<typeof servedModelSchema>;
export type DatasetItem = z.infer<typeof dataItemSchema>;
export type DatasetSummary = z.infer<typeof datasetSchema>;
export type ImagePage = z.infer<typeof imagePageSchema>;
