/**
 * Trains all configurations of a grid on a part of MNIST, or on generated digits, and then the best ones with other seeds, for the part
 * `table` of bench/sweep/measure.ts:
 * npm run build && npx tsc -p bench && node build/bench/sweep/mnist/trainTable.js mnist|digits [SECONDS] [MNIST-FOLDER]
 *
 * It continues where the last call ended, and starts no other training after SECONDS.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { concatenateLabels } from '#inkling/data/classes.js';
import type { LoadedDataset, LoadedImageSet } from '#inkling/data/dataset.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { loadDataset } from '#inkling/data/load.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { preset } from '#inkling/models/presets.js';
import { parseConfig } from '#inkling/train/config.js';
import { trainingTask } from '#inkling/train/task.js';
import { trainModel } from '#inkling/train/trainModel.js';
import { describeEnvironment } from '../../environment.js';
import {
  EPOCHS,
  GRID,
  gridPoints,
  type GridPoint,
  readTable,
  type Table,
  type TableKind,
  TABLES,
} from './grid.js';

/** With which the best combinations are trained again. */
const OTHER_SEEDS = [1];
/** Sweeps select no others, or hardly ever. */
const TRAINED_AGAIN = 12;

const [name, limit = '100', dataDir] = process.argv.slice(2);
if (name !== 'mnist' && name !== 'digits') throw new Error(`expected mnist or digits, got ${name}`);
const kind: TableKind = TABLES[name];
const { images } = kind;
const until = performance.now() + 1000 * Number(limit);
const points = gridPoints(kind);
const table: Table = readTable(kind) ?? {
  grid: Object.fromEntries(
    Object.entries({ model: kind.models, ...GRID }).map(([setting, values]) => [setting, [...values]]),
  ),
  images,
  correct: points.map(() => []),
  otherSeeds: Object.fromEntries(OTHER_SEEDS.map((seed) => [seed, {}])),
  seconds: 0,
  cpu: describeEnvironment().machine.cpu,
};
const dataset =
  name === 'mnist'
    ? partOf((await loadDataset({ name, dataDir })) as LoadedDataset)
    : partOf(generateDigits({ seed: 0, train: images.train + images.validation, test: 10 }));

interface Job {
  readonly point: number;
  readonly seed: number;
}

const jobs = jobsLeft();
await Promise.all(Array.from({ length: availableParallelism() }, trainJobs));
console.log(`${jobs.length} of ${jobsLeft().length + jobs.length} trainings left`);

/** Trains one combination after the other, on one core. */
async function trainJobs(): Promise<void> {
  while (performance.now() < until) {
    const job = jobs.shift();
    if (job === undefined) return;
    const start = performance.now();
    const correct = await train(points[job.point], job.seed);
    if (job.seed === 0) table.correct[job.point] = correct;
    else table.otherSeeds[job.seed][job.point] = correct;
    table.seconds += (performance.now() - start) / 1000;
    save();
  }
}

async function train(point: GridPoint, seed: number): Promise<number[]> {
  const config = parseConfig({ ...point, epochs: EPOCHS, seed, threads: 1 });
  const [input, classes] = [dataset.shape, dataset.classes.length];
  const [height, width, channels] = input;
  const model = resolveModel(preset(point.model, { input: [height, width, channels], classes }));
  const { epochs } = await trainModel(trainingTask(model, dataset, config));
  return epochs.map(({ validationAccuracy }) => Math.round(validationAccuracy * images.validation));
}

/** First all combinations with one seed; then which ones are the best is known. */
function jobsLeft(): Job[] {
  const first = points.flatMap((_, point) => (table.correct[point].length > 0 ? [] : [{ point, seed: 0 }]));
  if (first.length > 0) return first;
  const best = table.correct
    .map((correct, point) => ({ point, best: Math.max(...correct) }))
    .sort((a, b) => b.best - a.best)
    .slice(0, TRAINED_AGAIN);
  return OTHER_SEEDS.flatMap((seed) =>
    best.flatMap(({ point }) => (Object.hasOwn(table.otherSeeds[seed], point) ? [] : [{ point, seed }])),
  );
}

/** The first training images, and the last ones for validation. */
function partOf({ train, ...rest }: LoadedDataset): LoadedDataset {
  const count = train.labels.length;
  const size = train.images.length / count;
  const slice = (from: number, to: number): LoadedImageSet => ({
    images: train.images.slice(from * size, to * size),
    labels: train.labels.slice(from, to),
  });
  const parts = [slice(0, images.train), slice(count - images.validation, count)];
  return {
    ...rest,
    train: {
      images: new Uint8Array(Buffer.concat(parts.map((part) => part.images))),
      labels: concatenateLabels(parts.map((part) => part.labels)),
    },
    validationCount: images.validation,
  };
}

function save(): void {
  const text = JSON.stringify(table, null, 1);
  writeFileSync(kind.file, `${text.replace(/\[[^[\]{}]+\]/g, (list) => list.replace(/\s+/g, ''))}\n`);
}
