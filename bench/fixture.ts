import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '#inkling/core/random.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { decodeCheckpoint, encodeCheckpoint, type SavedModel } from '#inkling/interop/checkpoint.js';
import { toStateDict } from '#inkling/interop/torch/stateDict.js';
import type { Model } from '#inkling/models/model.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { encodeReportCnn } from './onnx.js';
import type { Job } from './protocol.js';

/** The number of images in the data set that every system uses. */
export const FIXTURE_IMAGES = 4096;
/** Factors for the number of channels of the report's network. */
export const WIDTHS = [1, 2, 4] as const;
const INPUT = [28, 28, 1] as const;
const CLASSES = 10;
const SEED = 0;

/** The file name of the report's network with `width` times as many channels; also used in `peers`. */
function checkpointOf(width: number): string {
  return `width-${width}.safetensors`;
}

/** Writes the input of all systems to a new temporary folder: images, labels, and one network in several formats. */
export function writeFixture(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-bench-'));
  const digits = generateDigits({ seed: SEED, train: FIXTURE_IMAGES, test: 1 });
  writeFileSync(join(folder, 'images.u8'), digits.train.images);
  writeFileSync(join(folder, 'labels.u8'), digits.train.labels);
  for (const width of WIDTHS) {
    const model = reportCnn(width);
    const weights = fixtureWeights(model);
    const saved = { model, weights, classes: digits.classes, dataset: digits.name, batches: 0 };
    writeFileSync(join(folder, checkpointOf(width)), encodeCheckpoint(saved));
    if (width === 1) {
      writeFileSync(join(folder, 'report-cnn.onnx'), encodeReportCnn(toStateDict(model, weights, 0)));
    }
  }
  return folder;
}

/** Reads the network and the data set of a job. */
export function readFixture({ folder, width, images: count }: Job): {
  saved: SavedModel;
  dataset: Dataset;
} {
  const checkpoint = checkpointOf(width);
  const saved = decodeCheckpoint(readFileSync(join(folder, checkpoint)), checkpoint);
  const images = repeat(readFileSync(join(folder, 'images.u8')), count * INPUT[0] * INPUT[1]);
  const labels = repeat(readFileSync(join(folder, 'labels.u8')), count);
  const dataset: Dataset = {
    name: saved.dataset,
    source: { kind: 'generated', location: folder, verified: false, sha256: {} },
    shape: INPUT,
    classes: saved.classes,
    train: { images, labels },
    test: { images: new Uint8Array(), labels: new Uint8Array() },
  };
  return { saved, dataset };
}

/** The report's network with `width` times as many channels. */
export function reportCnn(width: number): Model {
  const model = preset('report-cnn', { input: INPUT, classes: CLASSES });
  const layers = model.layers.map((layer) =>
    layer.type === 'conv2d' ? { ...layer, outChannels: layer.outChannels * width } : layer,
  );
  return { ...model, layers };
}

/** Initial weights, with running statistics that change the result, so that a system that ignores them is noticed. */
export function fixtureWeights(model: Model): Map<string, Float32Array> {
  const weights = initialWeights(resolveModel(model), new Random(SEED));
  for (const [name, values] of weights) {
    if (name.endsWith('.running_mean')) values.fill(0.05);
    if (name.endsWith('.running_var')) values.fill(0.5);
  }
  return weights;
}

function repeat(bytes: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length]);
}
