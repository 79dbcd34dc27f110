import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { InklingError, messageOf } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import { validate } from '../core/validate.js';
import type { Dataset, ImageSet } from '../data/dataset.js';
import { splitOf } from '../data/split.js';
import { configSchema } from '../train/config.js';
import { type DatasetSummary, type ImagePage, type Part, PARTS } from './apiSchemas.js';
import type { DatasetStore } from './datasetStore.js';
import { Problem } from './problem.js';

/** Most images of one answer. */
const MOST_IMAGES = 1000;

const nameSchema = z.object({ name: z.string() });
const partSchema = nameSchema.extend({ part: z.enum(PARTS) });
const querySchema = z.object({
  label: z.coerce.number().int().min(0).optional(),
  first: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().min(1).max(MOST_IMAGES).default(100),
});

/** `/api/data`: the data sets there are, one in numbers, and its images. */
export function datasetRoutes(datasets: DatasetStore): FastifyPluginAsync {
  return (server) => {
    server.get('/api/data', () => ({ datasets: datasets.list() }));

    server.get('/api/data/:name', async ({ params }) => {
      const { name } = parse(nameSchema, params);
      return numbersOf(await datasets.open(name));
    });

    server.get('/api/data/:name/:part', async ({ params, query }) => {
      const { name, part } = parse(partSchema, params);
      return imagesOf(await datasets.open(name), part, parse(querySchema, query));
    });
    return Promise.resolve();
  };
}

/** @throws {Problem} 400 when a part of the address is not as expected */
function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  try {
    return validate(schema, value, 'request');
  } catch (error) {
    if (error instanceof InklingError) throw new Problem(400, messageOf(error));
    throw error;
  }
}

function numbersOf(dataset: Dataset): DatasetSummary {
  const { name, source, shape, classes } = dataset;
  const [height, width, channels] = shape;
  const count = (part: Part) => {
    const { set, indices } = viewOf(dataset, part);
    const counts = classes.map(() => 0);
    for (const index of indices) counts[set.labels[index]] += 1;
    return counts;
  };
  return {
    name,
    source:
      source.kind === 'generated'
        ? source.location
        : `${source.kind}, ${source.verified ? 'verified by its hash' : 'not verified'}`,
    shape: [height, width, channels],
    classes: [...classes],
    counts: { train: count('train'), validation: count('validation'), test: count('test') },
  };
}

function imagesOf(dataset: Dataset, part: Part, query: z.output<typeof querySchema>): ImagePage {
  const { label, first, count } = query;
  const { set, indices } = viewOf(dataset, part);
  const chosen = label === undefined ? indices : indices.filter((index) => set.labels[index] === label);
  const shown = chosen.slice(first, first + count);
  const imageBytes = sizeOf(dataset.shape);
  const pixels = Buffer.alloc(shown.length * imageBytes);
  shown.forEach((index, place) => {
    pixels.set(set.images.subarray(index * imageBytes, (index + 1) * imageBytes), place * imageBytes);
  });
  return {
    total: chosen.length,
    indices: [...shown],
    labels: Array.from(shown, (index) => set.labels[index]),
    pixels: pixels.toString('base64'),
  };
}

/** The images of a part, in the order of their file; training and validation as the report splits them. */
function viewOf(dataset: Dataset, part: Part): { set: ImageSet; indices: Uint32Array } {
  const { train, test } = dataset;
  if (part === 'test') return { set: test, indices: Uint32Array.from(test.labels.keys()) };
  const { splitSeed } = configSchema.parse({});
  return { set: train, indices: splitOf(dataset, splitSeed)[part].sort() };
}
