import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** The results of all configurations of a grid: real training runs, computed once by trainTable.ts. */
export interface TableKind {
  readonly file: string;
  readonly models: readonly ('report-cnn' | 'report-cnn-dropout' | 'mlp' | 'lenet5')[];
  /** The numbers of training and validation images. */
  readonly images: { readonly train: number; readonly validation: number };
}

/** Networks on a part of MNIST, and others on generated digits, on which what holds for the first is checked. */
export const TABLES = {
  mnist: {
    file: 'bench/results/sweep-mnist.json',
    models: ['report-cnn', 'report-cnn-dropout'],
    images: { train: 3000, validation: 5000 },
  },
  digits: {
    file: 'bench/results/sweep-digits.json',
    models: ['mlp', 'lenet5'],
    images: { train: 1000, validation: 5000 },
  },
} as const satisfies Readonly<Record<string, TableKind>>;

/** The values of the other settings. */
export const GRID = {
  optimizer: ['adam', 'nesterov'],
  learningRate: [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1],
  batchSize: [32, 64, 128],
} as const;
export const EPOCHS = 16;

/** A value for each setting of the grid. */
export type GridPoint = { readonly [Name in keyof typeof GRID]: (typeof GRID)[Name][number] } & {
  readonly model: TableKind['models'][number];
};

/** All combinations; the last setting changes first. */
export function gridPoints({ models }: TableKind): GridPoint[] {
  return models.flatMap((model) =>
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
export function readTable({ file }: TableKind): Table | undefined {
  try {
    return tableSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What a table states. */
export interface Results {
  readonly file: string;
  readonly images: TableKind['images'];
  /** For each combination, the number of validation images that are classified correctly after each epoch. */
  readonly curves: readonly (readonly number[])[];
  /** By combination: the mean number of correct images in the best epoch, for seeds other than the one in `curves`. */
  readonly again: ReadonlyMap<number, number>;
}

export function readResults(kind: TableKind): Results {
  const table = readTable(kind);
  if (table === undefined)
    throw new Error(`${kind.file} is missing; create it with bench/sweep/mnist/trainTable.ts`);
  const seeds = Object.values(table.otherSeeds);
  const again = new Map<number, number>();
  for (const point of table.correct.keys()) {
    const counts = seeds.map((seed) => Math.max(...(seed[point] ?? [NaN])));
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    if (!Number.isNaN(mean)) again.set(point, mean);
  }
  return { file: kind.file, images: table.images, curves: table.correct, again };
}
