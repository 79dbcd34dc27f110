import * as z from 'zod';
import { configSchema } from '../../train/config.js';

const { dataset, model, epochs, batchSize, learningRate, seed, augment } = configSchema.shape;

/** The settings that a client can choose; they are those of `inkling train`, with the same defaults. */
export const trainingSettingsSchema = z.strictObject({
  dataset: z.optional(dataset).describe('Name of a data set that `GET /api/data` lists as available.'),
  model: z.optional(model).describe('Name of a preset.'),
  epochs: z.optional(epochs).describe('Number of epochs.'),
  batchSize: z.optional(batchSize).describe('Number of images per training step.'),
  learningRate: z.optional(learningRate).describe('Learning rate.'),
  seed: z.optional(seed).describe('Seed of the initial weights and the batch order.'),
  augment: augment.check(z.describe('Random changes to the training images, such as `{"shift": 2}`.')),
});

export const trainingSchema = z.object({
  id: z.int().min(1).describe('Its number.'),
  state: z
    .enum(['waiting', 'loading', 'training', 'done', 'stopped', 'failed'])
    .describe('Of the trainings, one is "loading" its data set or "training"; others wait for it.'),
  isStopping: z.boolean().describe('Whether it has been asked to end.'),
  dataset: z.string().describe('Name of the data set.'),
  model: z.string().describe('Name of the preset.'),
  epochs: z.int().describe('Number of epochs.'),
  run: z.string().optional().describe('Name of its run, for `/api/runs/{name}`, once training has begun.'),
  error: z.string().optional().describe('Why it failed.'),
});

export const trainingListSchema = z.object({
  isAllowed: z.boolean().describe('Whether the server trains.'),
  trainings: z.array(trainingSchema).describe('The last ones to be started at the end.'),
});

export type TrainingSettings = z.input<typeof trainingSettingsSchema>;
export type Training = z.infer<typeof trainingSchema>;
export type TrainingList = z.infer<typeof trainingListSchema>;
