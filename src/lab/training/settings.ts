import type { FitSettings } from '#inkling/index.js';

/** The settings of a training that users choose. */
export interface LabSettings {
  readonly epochs: number;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Whether training images are varied at random. */
  readonly varied: boolean;
  /** Whether a GPU trains if it is faster, with results that differ in the last digits. */
  readonly gpu: boolean;
}

export const LEARNING_RATES: readonly number[] = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1];
export const BATCH_SIZES: readonly number[] = [1, 4, 8, 16, 32, 64, 128];
export const MAX_EPOCHS = 1000;

/** Fewer training images are few. */
const FEW = 500;
/** Amounts that leave digits and letters legible. */
const VARIATION = { rotate: 12, shift: 1.5, scale: 0.1 };
const SEED = 0;

/**
 * Settings that suit a number of training images: a few are seen more often, and in smaller batches. What the pretrained layers make of
 * an image is computed once for each of its variations, which would take most of the time.
 */
export function defaultSettings(images: number, isPretrained = false): LabSettings {
  if (isPretrained) return { epochs: 30, learningRate: 0.001, batchSize: 16, varied: false, gpu: false };
  return images < FEW
    ? { epochs: 40, learningRate: 0.001, batchSize: 8, varied: true, gpu: false }
    : { epochs: 10, learningRate: 0.001, batchSize: 64, varied: false, gpu: false };
}

export function fitSettingsOf({ epochs, learningRate, batchSize, varied, gpu }: LabSettings): FitSettings {
  return {
    ...{ epochs, learningRate, batchSize, seed: SEED },
    ...(varied && { augment: VARIATION }),
    ...(gpu && { device: 'auto' }),
  };
}
