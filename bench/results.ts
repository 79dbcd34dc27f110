import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import * as z from 'zod';
import { writeFileAtomic } from '#inkling/platform/files.js';
import { familySchema } from './families.js';
import { networkRowSchema, networksSchema } from './networks/results.js';

/** Tasks that are compared with peers, and quantities by which the cost of training is measured. */
export const comparisons = ['training', 'inference'] as const;
export const scalings = ['threads', 'batch', 'width', 'side', 'images'] as const;
const tasks = [...comparisons, ...scalings.map((by) => `training by ${by}` as const)] as const;
export type Task = (typeof tasks)[number];

const rowSchema = z.strictObject({
  /** Name, version and build. */
  system: z.string(),
  family: familySchema,
  task: z.enum(tasks),
  /** Images per step or call. */
  batch: z.number(),
  threads: z.number(),
  /** Factor for the number of channels of the report's network. */
  width: z.number(),
  /** Of the images, in pixels; missing in older results, where it is 28. */
  side: z.number().optional(),
  /** In the data set. */
  images: z.number(),
  imagesPerSecond: z.number(),
  /** Seconds per batch, the median of the rounds. */
  median: z.number(),
  /** Difference between the slowest and the fastest round, as a fraction of the median. */
  spread: z.number(),
  rounds: z.number(),
  /** Seconds from the start of the process to the end of its first step or call. */
  startSeconds: z.number(),
  /** The largest resident memory of the process. */
  peakMegabytes: z.number(),
});
export type Row = Readonly<z.infer<typeof rowSchema>>;

const kernelRowSchema = z.strictObject({
  operation: z.string(),
  /** The tensor it writes. */
  tensor: z.string(),
  /** Per batch, on one thread. */
  milliseconds: z.number(),
  /** The fraction of the step's time. */
  timeShare: z.number(),
  /** Missing for operations that multiply nothing. */
  gigaflops: z.number().optional(),
  /** The fraction of the peak. */
  peakShare: z.number().optional(),
});
export type KernelRow = Readonly<z.infer<typeof kernelRowSchema>>;

const convolutionRowSchema = z.strictObject({
  /** Of the input and of the output. */
  channels: z.number(),
  /** Of the image, in pixels. */
  side: z.number(),
  /** The fraction of the peak that each pass reaches, with operations counted by the definition of a convolution. */
  forward: z.number(),
  inputGrad: z.number(),
  weightGrad: z.number(),
});
export type ConvolutionRow = Readonly<z.infer<typeof convolutionRowSchema>>;

const kernelsSchema = z.strictObject({
  /** The peak of one core in WebAssembly: a loop of multiply-adds in registers. */
  peakGigaflops: z.number(),
  batch: z.number(),
  /** Multiplications and additions per training image, without those with the zeros of padding. */
  megaflopsPerImage: z.number(),
  rows: z.array(kernelRowSchema).readonly(),
  /** 3×3 convolutions; missing in older results. */
  convolutions: z.array(convolutionRowSchema).readonly().optional(),
});
export type Kernels = Readonly<z.infer<typeof kernelsSchema>>;

const commandSchema = z.strictObject({
  dataset: z.string(),
  /** Seconds from the start of the process to the start of the first training step. */
  firstStepSeconds: z.number(),
  firstStepSpread: z.number(),
  /** Of `inkling train`, if MNIST was available. */
  training: z
    .strictObject({
      epochs: z.number(),
      /** Seconds from the start of the process to its end. */
      totalSeconds: z.number(),
      /** Until the validation accuracy reached the original report's test accuracy; missing if it did not. */
      secondsToAccuracy: z.number().optional(),
      testAccuracy: z.number(),
      peakMegabytes: z.number(),
    })
    .optional(),
});
export type CommandRecord = Readonly<z.infer<typeof commandSchema>>;

const installedSchema = z.strictObject({ system: z.string(), megabytes: z.number(), packages: z.number() });
export type Installed = Readonly<z.infer<typeof installedSchema>>;

const gpuResultsSchema = z.strictObject({
  /** As its driver describes it. */
  adapter: z.string(),
  rows: z.array(networkRowSchema).readonly(),
});
export type GpuResults = Readonly<z.infer<typeof gpuResultsSchema>>;

export const resultsSchema = z.strictObject({
  /** ISO 8601. */
  date: z.string(),
  commit: z.string(),
  /** Few and short rounds: not to be published. */
  quick: z.boolean(),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.number(),
    memoryGigabytes: z.number(),
    platform: z.string(),
    /** The load average of the minute before the run. */
    loadBefore: z.number(),
  }),
  versions: z.record(z.string(), z.string()).readonly(),
  rows: z.array(rowSchema).readonly(),
  networks: networksSchema.optional(),
  /** Missing without a GPU. */
  gpu: gpuResultsSchema.optional(),
  kernels: kernelsSchema.optional(),
  command: commandSchema.optional(),
  installed: z.array(installedSchema).readonly().optional(),
  /** One line for each system that could not be measured. */
  missing: z.array(z.string()).readonly(),
});
export type Results = Readonly<z.infer<typeof resultsSchema>>;

export function readResults(path: string): Results {
  return resultsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Writes results formatted by Prettier, so that they can be committed. */
export async function writeResults(path: string, results: Results): Promise<void> {
  const rounded = JSON.stringify(results, (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value,
  );
  writeFileAtomic(path, await format(rounded, { parser: 'json', printWidth: 110 }));
}
