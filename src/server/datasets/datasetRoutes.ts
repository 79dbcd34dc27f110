import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import { InklingError, messageOf } from '../../core/errors.js';
import { sizeOf } from '../../core/shape.js';
import { validate } from '../../core/validate.js';
import { describeOrigin } from '../../data/audit/auditDataset.js';
import { countParts } from '../../data/countParts.js';
import type { Dataset, ImageSet } from '../../data/dataset.js';
import { chunkSize, copyImage } from '../../data/imageSet.js';
import { DATASET_PARTS, type DatasetPart } from '../../data/parts.js';
import { type Split, splitOf } from '../../data/split.js';
import { parseConfig } from '../../train/config.js';
import { type DatasetSummary, type ImagePage, imageQuerySchema } from '../apiSchemas.js';
import { untilClosed } from '../clientGone.js';
import type { DatasetStore } from './datasetStore.js';
import { Problem, rejectUnknownKeys } from '../problem.js';

const nameSchema = z.object({ name: z.string() });
const partSchema = nameSchema.extend({ part: z.enum(DATASET_PARTS) });

/** `/api/data`: lists the data sets, summarizes one, and returns its images. */
export function datasetRoutes(datasets: DatasetStore): FastifyPluginAsync {
  return (server) => {
    server.addHook('preClose', (done) => {
      datasets.close();
      done();
    });

    server.get('/api/data', () => ({ datasets: datasets.list() }));

    server.get('/api/data/:name', async ({ params }, reply) => {
      const { name } = parse(nameSchema, params);
      return summarize(await datasets.open(name, untilClosed(reply.raw)));
    });

    server.get('/api/data/:name/:part', async ({ params, query }, reply) => {
      const { name, part } = parse(partSchema, params);
      rejectUnknownKeys(400, 'query', query, imageQuerySchema);
      const imageQuery = parse(imageQuerySchema, query);
      const dataset = await datasets.open(name, untilClosed(reply.raw), imageQuery.run);
      return imagePageOf(dataset, part, imageQuery);
    });
    return Promise.resolve();
  };
}

/** @throws {Problem} 400 when a part of the URL is invalid */
function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  try {
    return validate(schema, value, 'request');
  } catch (error) {
    if (error instanceof InklingError) throw new Problem(400, messageOf(error));
    throw error;
  }
}

function summarize(dataset: Dataset): DatasetSummary {
  const known = summaries.get(dataset) ?? describe(dataset);
  summaries.set(dataset, known);
  return known;
}

function describe(dataset: Dataset): DatasetSummary {
  const { name, source, shape, classes } = dataset;
  const [height, width, channels] = shape;
  return {
    name,
    // The location is not shown: it may be a path on this machine.
    source: source.kind === 'generated' ? source.location : describeOrigin(source),
    shape: [height, width, channels],
    classes: [...classes],
    counts: countParts(dataset, defaultSplit(dataset)),
  };
}

function imagePageOf(
  dataset: Dataset,
  part: DatasetPart,
  query: z.output<typeof imageQuerySchema>,
): ImagePage {
  const { label, first, count } = query;
  const { set, indices } = partOf(dataset, part);
  const matches = label === undefined ? indices : indices.filter((index) => set.labels[index] === label);
  const imageBytes = sizeOf(dataset.shape);
  const page = matches.slice(first, first + chunkSize(imageBytes, count));
  const pixels = Buffer.alloc(page.length * imageBytes);
  page.forEach((index, position) => {
    copyImage(set.images, imageBytes, index, pixels, position);
  });
  return {
    total: matches.length,
    indices: [...page],
    labels: Array.from(page, (index) => set.labels[index]),
    pixels: pixels.toString('base64'),
  };
}

/** The split of the default configuration, with the images of each part in the order of their file. */
function defaultSplit(dataset: Dataset): Split {
  const known = splits.get(dataset);
  if (known !== undefined) return known;
  const { train, validation } = splitOf(dataset, parseConfig({}).splitSeed);
  const split = { train: train.sort(), validation: validation.sort() };
  splits.set(dataset, split);
  return split;
}

/** What takes milliseconds to determine. */
const splits = new WeakMap<Dataset, Split>();
const summaries = new WeakMap<Dataset, DatasetSummary>();

/** The images of a part, in the order of their file, as the default configuration splits them. */
function partOf(dataset: Dataset, part: DatasetPart): { set: ImageSet; indices: Uint32Array } {
  const { train, test } = dataset;
  if (part === 'test') return { set: test, indices: Uint32Array.from(test.labels.keys()) };
  return { set: train, indices: defaultSplit(dataset)[part] };
}
