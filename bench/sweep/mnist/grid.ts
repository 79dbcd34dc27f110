import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** The results of all configurations of a grid: real training runs on MNIST, computed once by trainTable.ts. */
export const TABLE = 'bench/results/sweep-mnist.json';

/** The values of each setting, and how many training and validation images there are. */
export const GRID = {
  model: ['report-cnn', 'report-cnn-dropout'],
  optimizer: ['adam', 'nesterov'],
  learningRate: [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1],
  batchSize: [32, 64, 128],
} as const;
export const IMAGES = { train: 3000, validation: 5000 } as const;
export const EPOCHS = 16;

/** A value for each setting of the grid. */
export type GridPoint = { readonly [Name in keyof typeof GRID]: (typeof GRID)[Name][number] };

/** All combinations; the last setting changes first. */
export function gridPoints(): GridPoint[] {
  return GRID.model.flatMap((model) =>
    GRID.optimizer.flatMap((optimizer) =>
      GRID.learningRate.flatMap((learningRate) =>
        GRID.batchSize.map((batchSize) => ({ model, optimizer, learningRate, batchSize })),
      ),
    ),
  );
}

export const tableSchema = z.object({
  grid: z.record(z.string(), z.array(z.union([z.string(), z.number()]))),
  images: z.object({ train: z.number(), validation: z.number() }),
  /** For each combination, the number of validation images that are classified correctly after each epoch. */
  correct: z.array(z.array(z.number())),
  /** The same for other seeds, of the combinations with the best results; by seed and the index of the combination. */
  otherSeeds: z.record(z.string(), z.record(z.string(), z.array(z.number()))),
  seconds: z.number(),
  cpu: z.string(),
});

export type Table = z.infer<typeof tableSchema>;

/** @returns undefined before the first runs */
export function readTable(): Table | undefined {
  try {
    return tableSchema.parse(JSON.parse(readFileSync(TABLE, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What a table states. */
export interface Results {
  /** For each combination, the number of validation images that are classified correctly after each epoch. */
  readonly curves: readonly (readonly number[])[];
  /** The number of validation images. */
  readonly validation: number;
  /** By combination: the mean number of correct images in the best epoch, for seeds other than the one in `curves`. */
  readonly again: ReadonlyMap<number, number>;
}

export function readResults(): Results {
  const table = readTable();
  if (table === undefined)
    throw new Error(`${TABLE} is missing; create it with bench/sweep/mnist/trainTable.ts`);
  const seeds = Object.values(table.otherSeeds);
  const again = new Map<number, number>();
  for (const point of table.correct.keys()) {
    const counts = seeds.map((seed) => Math.max(...(seed[point] ?? [NaN])));
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    if (!Number.isNaN(mean)) again.set(point, mean);
  }
  return { curves: table.correct, validation: table.images.validation, again };
}
