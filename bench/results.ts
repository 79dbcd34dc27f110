import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { z } from 'zod';
import { writeFileAtomic } from '#inkling/platform/files.js';

const families = ['Inkling', 'PyTorch', 'onnxruntime-node', 'onnxruntime-web', 'tfjs', 'jax-js'] as const;
export type Family = (typeof families)[number];

/** What is compared with peers, and how the cost of training grows. */
export const comparisons = ['training', 'inference'] as const;
export const scalings = ['threads', 'batch', 'width', 'images'] as const;
const tasks = [...comparisons, ...scalings.map((by) => `training by ${by}` as const)] as const;
export type Task = (typeof tasks)[number];

const rowSchema = z.strictObject({
  /** With version and build. */
  system: z.string(),
  family: z.enum(families),
  task: z.enum(tasks),
  /** Images a step or a call. */
  batch: z.number(),
  threads: z.number(),
  /** By how much the report network's numbers of channels are multiplied. */
  width: z.number(),
  /** In the data set. */
  images: z.number(),
  imagesPerSecond: z.number(),
  /** Seconds a batch, the median of the rounds. */
  median: z.number(),
  /** From the fastest round to the slowest, as a fraction of the median. */
  spread: z.number(),
  rounds: z.number(),
  /** From the start of the process to the end of its first step or call. */
  startSeconds: z.number(),
  /** The largest resident memory of the process. */
  peakMegabytes: z.number(),
});
export type Row = Readonly<z.infer<typeof rowSchema>>;

const kernelRowSchema = z.strictObject({
  operation: z.string(),
  /** The tensor it writes. */
  tensor: z.string(),
  /** A batch, on one thread. */
  milliseconds: z.number(),
  /** The part of the step's time. */
  timeShare: z.number(),
  /** Missing for operations that multiply nothing. */
  gigaflops: z.number().optional(),
  /** The part of the peak. */
  peakShare: z.number().optional(),
});
export type KernelRow = Readonly<z.infer<typeof kernelRowSchema>>;

const convolutionRowSchema = z.strictObject({
  /** In and out. */
  channels: z.number(),
  /** Of the image, in pixels. */
  side: z.number(),
  /** The part of the peak that each pass reaches, its operations counted by the definition. */
  forward: z.number(),
  inputGrad: z.number(),
  weightGrad: z.number(),
});
export type ConvolutionRow = Readonly<z.infer<typeof convolutionRowSchema>>;

const kernelsSchema = z.strictObject({
  /** What one core can do in WebAssembly: a loop of multiply-adds in registers. */
  peakGigaflops: z.number(),
  batch: z.number(),
  /** Multiplications and additions that a training image needs, those with padding's zeros left out. */
  megaflopsAnImage: z.number(),
  rows: z.array(kernelRowSchema).readonly(),
  /** 3×3 convolutions; missing in older results. */
  convolutions: z.array(convolutionRowSchema).readonly().optional(),
});
export type Kernels = Readonly<z.infer<typeof kernelsSchema>>;

const commandSchema = z.strictObject({
  dataset: z.string(),
  /** From the start of the process to the start of the first training step. */
  firstStepSeconds: z.number(),
  firstStepSpread: z.number(),
  /** Of `inkling train`, where MNIST was there to train on. */
  training: z
    .strictObject({
      epochs: z.number(),
      /** From the start of the process to its end. */
      totalSeconds: z.number(),
      /** Until an epoch validated with 98.8 % or more; missing where none did. */
      secondsToAccuracy: z.number().optional(),
      testAccuracy: z.number(),
      peakMegabytes: z.number(),
    })
    .optional(),
});
export type CommandRecord = Readonly<z.infer<typeof commandSchema>>;

const installedSchema = z.strictObject({ system: z.string(), megabytes: z.number(), packages: z.number() });
export type Installed = Readonly<z.infer<typeof installedSchema>>;

export const resultsSchema = z.strictObject({
  /** ISO 8601. */
  date: z.string(),
  commit: z.string(),
  /** Few and short rounds: not for quoting. */
  quick: z.boolean(),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.number(),
    memoryGigabytes: z.number(),
    platform: z.string(),
    /** How many processes wanted to run in the minute before. */
    loadBefore: z.number(),
  }),
  versions: z.record(z.string(), z.string()).readonly(),
  rows: z.array(rowSchema).readonly(),
  kernels: kernelsSchema.optional(),
  command: commandSchema.optional(),
  installed: z.array(installedSchema).readonly().optional(),
  /** A line for each system that could not be measured. */
  missing: z.array(z.string()).readonly(),
});
export type Results = Readonly<z.infer<typeof resultsSchema>>;

export function readResults(path: string): Results {
  return resultsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Writes results as Prettier has them, so that they can be committed. */
export async function writeResults(path: string, results: Results): Promise<void> {
  const rounded = JSON.stringify(results, (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value,
  );
  writeFileAtomic(path, await format(rounded, { parser: 'json', printWidth: 110 }));
}
