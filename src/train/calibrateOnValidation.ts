import { concatenate } from '../core/arrays.js';
import { messageOf } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import type { Dataset, ImageSet } from '../data/dataset.js';
import { chunkSize, pickImages, pixelsOf } from '../data/imageSet.js';
import type { StartEngine } from '../engine/engine.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { Calibration } from '../interop/calibrationRecord.js';
import { CompiledModel } from '../predict/compiledModel.js';
import { loadDetector } from '../predict/detector/detector.js';
import { mayBeDigits } from '../predict/detector/mayBeDigits.js';
import { type Features, featuresOf } from '../predict/features.js';
import { calibrationNotice } from '../predict/calibration.js';
import { calibrate, type CalibrationSource } from '../predict/fitting/calibrate.js';
import { detectIfDigits } from '../predict/fitting/detectIfDigits.js';
import { featureLayer } from '../predict/fitting/featureLayer.js';
import { fitPrototypes } from '../predict/fitting/fitPrototypes.js';
import type { KnownFeatures } from './features/setFeatures.js';
import type { TrainingTask } from './task.js';

/** Prototypes are chosen among at most this many training images, which takes about a second. */
const MAX_PROTOTYPE_IMAGES = 10_000;

/** The outputs of at most this many images are in memory at a time, since a layer's outputs are much larger than their features. */
const MAX_OBSERVED_IMAGES = 500;

/** A model with the images that calibrate it. */
type CalibrationTask = Pick<TrainingTask, 'model' | 'dataset' | 'split'>;

interface ObservationOptions {
  /** By default the calling thread. */
  readonly engine?: StartEngine | undefined;
  /** Ends it after the current batch. */
  readonly signal?: AbortSignal | undefined;
  /** What the first layers output for the images as they are, if it is known. */
  readonly known?: KnownFeatures | undefined;
}

/** How a model is calibrated, with what the images have to do with its epoch. */
type CalibrationOptions = ObservationOptions & Omit<CalibrationSource, 'known'>;

/**
 * Calibrates a model on the validation images, which did not train it: by cross-fitting, if they selected its epoch. Only the prototypes of
 * the classes come from training images.
 *
 * @throws the signal's reason when it is aborted
 */
export async function calibrateOnValidation(
  saved: SavedModel,
  { model: resolved, dataset, split }: CalibrationTask,
  { engine, signal, known, ...source }: CalibrationOptions = {},
): Promise<Calibration> {
  const layer = featureLayer(resolved);
  const model = await CompiledModel.create(saved, {
    engine,
    activations: layer === undefined ? [] : [layer],
    fixedLayers: known?.fixedLayers,
  });
  const options = { model, layer, dataset, known, signal };
  try {
    const { logits, images, labels, features } = await observe(split.validation, options);
    if (layer === undefined || features === undefined) return calibrate(logits, labels, source);
    const training = await observe(spread(split.train, MAX_PROTOTYPE_IMAGES), options);
    const prototypes =
      training.features && fitPrototypes(layer, training.features, training.labels, dataset.classes.length);
    const detected = await detectDigits(dataset, { images, labels });
    return calibrate(logits, labels, { ...source, known: prototypes && { prototypes, features, detected } });
  } finally {
    await model.close();
  }
}

/** What the digit detector finds in the images, if it judges models that are trained on the data set. */
async function detectDigits(dataset: Dataset, { images, labels }: ImageSet) {
  if (!mayBeDigits(dataset)) return undefined;
  await loadDetector();
  return detectIfDigits(pixelsOf(images, sizeOf(dataset.shape), 0, labels.length), labels);
}

/** A calibration, or without one, a notice that says why; also one that few images were measured. */
export interface Calibrated {
  readonly calibration: Calibration | undefined;
  readonly notices: readonly string[];
}

/**
 * Like `calibrateOnValidation`, but a failure does not lose what is known about the model otherwise.
 *
 * @throws the signal's reason when it is aborted
 */
export async function tryCalibrating(
  saved: SavedModel,
  task: CalibrationTask,
  options: CalibrationOptions,
): Promise<Calibrated> {
  try {
    const calibration = await calibrateOnValidation(saved, task, options);
    const notice = calibrationNotice(calibration);
    return { calibration, notices: notice === undefined ? [] : [notice] };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { calibration: undefined, notices: [`the probabilities are not calibrated: ${messageOf(error)}`] };
  }
}

interface Observed extends ImageSet {
  readonly logits: Float32Array;
  readonly features: Features | undefined;
}

interface Observation extends Pick<ObservationOptions, 'known' | 'signal'> {
  readonly model: CompiledModel;
  readonly layer: string | undefined;
  readonly dataset: Dataset;
}

/** The logits and, if there is a layer that has them, the features of some training images. */
async function observe(
  indices: Uint32Array,
  { model, layer, dataset: { train, shape }, known, signal }: Observation,
): Promise<Observed> {
  const imageBytes = sizeOf(shape);
  const { images, labels } = pickImages(train, indices, imageBytes);
  const logits: Float32Array[] = [];
  const features: Features[] = [];
  const chunk = chunkSize(imageBytes, MAX_OBSERVED_IMAGES);
  for (let first = 0; first < labels.length; first += chunk) {
    const end = Math.min(labels.length, first + chunk);
    const input = known
      ? pickRows(known.values, train.labels.length, indices.subarray(first, end))
      : pixelsOf(images, imageBytes, first, end - first);
    const outputs = await model.run(input, { signal });
    logits.push(outputs.logits);
    const observed = layer === undefined ? undefined : outputs.activations.get(layer);
    if (observed !== undefined) features.push(featuresOf(observed));
  }
  return {
    logits: concatenate(logits),
    images,
    labels,
    features:
      features.length === 0
        ? undefined
        : { size: features[0].size, values: concatenate(features.map(({ values }) => values)) },
  };
}

/** Copies some of the rows of a matrix. */
function pickRows(values: Float32Array, rows: number, indices: Uint32Array): Float32Array {
  const size = values.length / rows;
  const picked = new Float32Array(indices.length * size);
  for (const [row, index] of indices.entries()) {
    picked.set(values.subarray(index * size, (index + 1) * size), row * size);
  }
  return picked;
}

/** At most `count` of the indices, spread evenly. */
function spread(indices: Uint32Array, count: number): Uint32Array {
  if (indices.length <= count) return indices;
  return Uint32Array.from({ length: count }, (_, i) => indices[Math.floor((i * indices.length) / count)]);
}
