import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '#inkling/core/random.js';
import { sizeOf } from '#inkling/core/shape.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { encodeCheckpoint, type SavedModel } from '#inkling/interop/checkpoint.js';
import { decodeCheckpoint } from '#inkling/interop/decodeCheckpoint.js';
import { encodeOnnx } from '#inkling/interop/onnx/encode.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { INERT_STEP } from '#inkling/plan/steps.js';
import { Session } from '#inkling/train/session.js';
import { reportCnn } from './networks/models.js';
import type { Job } from './protocol.js';

/** The number of images in the data set of the report's network. */
export const FIXTURE_IMAGES = 4096;
/** Images of other shapes take at most this many bytes. */
const MAX_IMAGE_BYTES = 2 ** 24;
const DIGITS: Model['input'] = [28, 28, 1];
const SEED = 0;
/** PyTorch's weight of a new batch in the running statistics. */
const MOMENTUM = 0.1;
const CALIBRATION_IMAGES = 2;

/** The file of all images of a shape; also used in `peers`. */
export function imageFile([height, width, channels]: Model['input']): string {
  return `images-${height}x${width}x${channels}.u8`;
}

/** Writes the input of all systems to a new temporary folder: images, labels, and the report's network. */
export async function writeFixture(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-bench-'));
  const digits = generateDigits({ seed: SEED, train: FIXTURE_IMAGES, test: 1 });
  writeFileSync(join(folder, imageFile(DIGITS)), digits.train.images);
  writeFileSync(join(folder, 'labels.u8'), digits.train.labels);
  await writeNetwork(folder, reportCnn(1));
  return folder;
}

/**
 * Writes a network in several formats: its document, its weights under PyTorch's names, and ONNX; and images for it, unless there
 * are images of its shape. Does nothing for a network that was written before.
 */
export async function writeNetwork(folder: string, model: Model): Promise<void> {
  const path = join(folder, model.name);
  if (existsSync(`${path}.json`)) return;
  const images = join(folder, imageFile(model.input));
  if (!existsSync(images)) writeFileSync(images, noise(model.input));
  const saved: SavedModel = {
    model,
    weights: await fixtureWeights(folder, model),
    classes: Array.from({ length: resolveModel(model).classes }, (_, i) => String(i)),
    dataset: 'benchmark',
    batches: 0,
  };
  writeFileSync(`${path}.safetensors`, encodeCheckpoint(saved));
  writeFileSync(`${path}.onnx`, encodeOnnx(saved));
  writeFileSync(`${path}.json`, JSON.stringify(model));
}

/** Reads the network and the data set of a job. */
export function readFixture({ folder, network, images: count }: Job): {
  saved: SavedModel;
  dataset: Dataset;
} {
  const checkpoint = `${network}.safetensors`;
  const saved = decodeCheckpoint(readFileSync(join(folder, checkpoint)), checkpoint);
  return { saved, dataset: datasetOf(folder, saved.model, saved.classes, count) };
}

function datasetOf(folder: string, { input }: Model, classes: readonly string[], count: number): Dataset {
  return {
    name: 'benchmark',
    source: { kind: 'generated', location: folder, verified: false, sha256: {} },
    shape: input,
    classes,
    train: {
      images: readRepeated(join(folder, imageFile(input)), count * sizeOf(input)),
      labels: readRepeated(join(folder, 'labels.u8'), count),
    },
    test: { images: new Uint8Array(), labels: new Uint8Array() },
  };
}

/** Random pixels: what they show does not matter for the time of a step. */
function noise(shape: Model['input']): Uint8Array {
  const random = new Random(SEED);
  const count = Math.min(FIXTURE_IMAGES, Math.floor(MAX_IMAGE_BYTES / sizeOf(shape)));
  return Uint8Array.from({ length: count * sizeOf(shape) }, () => random.uint32() >>> 24);
}

/**
 * Initial weights, with running statistics that change the result, so that a system that ignores them is noticed. Those of two
 * images keep the activations of deep networks from vanishing.
 */
async function fixtureWeights(folder: string, model: Model): Promise<Map<string, Float32Array>> {
  const resolved = resolveModel(model);
  const weights = initialWeights(resolved, new Random(SEED));
  const classes = Array.from({ length: resolved.classes }, (_, i) => String(i));
  const session = await Session.start({
    model: resolved,
    dataset: datasetOf(folder, model, classes, CALIBRATION_IMAGES),
    batchSize: CALIBRATION_IMAGES,
    threads: 1,
    optimizer: { type: 'adam' },
  });
  session.setWeights(weights);
  session.setOrder(Array.from({ length: CALIBRATION_IMAGES }, (_, i) => i));
  await session.train([{ ...INERT_STEP, first: 0, count: CALIBRATION_IMAGES }]);
  for (const [name, after] of await session.weights()) {
    const before = weights.get(name);
    if (before === undefined || !/\.running_(mean|var)$/.test(name)) continue;
    before.forEach((value, i) => {
      before[i] = (after[i] - (1 - MOMENTUM) * value) / MOMENTUM;
    });
  }
  await session.close();
  return weights;
}

/** The first bytes of a file, which is repeated if it is shorter; more would add to the measured memory. */
function readRepeated(path: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const file = openSync(path, 'r');
  const read = readSync(file, bytes);
  closeSync(file);
  for (let at = read; at < length; at += read) bytes.copyWithin(at, 0, Math.min(read, length - at));
  return bytes;
}
