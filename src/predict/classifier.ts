import { InklingError } from '../core/errors.js';
import { formatShape, sizeOf } from '../core/shape.js';
import { InlineEngine } from '../engine/inline.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { allocateNetwork, fillWeights } from '../models/network.js';
import { type PredictionPlan, predictionPlan } from '../models/plans.js';
import { resolveModel } from '../models/resolve.js';
import { Arena } from '../plan/arena.js';
import { INERT_STEP, type Step } from '../plan/steps.js';
import type { Tensor } from '../plan/tensor.js';
import { type FeatureMaps, featureMapsOf, pooledTensors } from './featureMaps.js';

/** Images that one run of the plan takes; more are done in several. */
const BATCH_SIZE = 64;

const ONE_BATCH = { ...INERT_STEP, first: 0 };

/** An answer, and what the network made of the image on the way to it. */
export interface Inspection {
  /** `[classes]` */
  readonly logits: Float32Array;
  /** Of each pooling layer, in the order of the model. */
  readonly featureMaps: readonly FeatureMaps[];
}

/** A trained network, ready to say what is on a picture. */
export class Classifier {
  /** The network and what it was saved with. */
  readonly saved: SavedModel;
  readonly #engine: InlineEngine;
  readonly #prediction: PredictionPlan;
  readonly #pooled: ReadonlyMap<string, Tensor>;
  readonly #run: (step: Step) => void;

  private constructor(saved: SavedModel, engine: InlineEngine, prediction: PredictionPlan) {
    this.saved = saved;
    this.#engine = engine;
    this.#prediction = prediction;
    this.#pooled = pooledTensors(resolveModel(saved.model), prediction.plan);
    this.#run = engine.load(prediction.plan);
  }

  /** @throws {InklingError} when the weights are not the model's */
  static async create(saved: SavedModel): Promise<Classifier> {
    const arena = new Arena();
    const resolved = resolveModel(saved.model);
    const network = allocateNetwork(arena, resolved);
    const prediction = predictionPlan(arena, resolved, network, BATCH_SIZE);
    const engine = await InlineEngine.start(arena.bytes);
    fillWeights(engine.tensors, network, saved.weights);
    return new Classifier(saved, engine, prediction);
  }

  /** The names of the classes, in the order of the probabilities. */
  get classes(): readonly string[] {
    return this.saved.classes;
  }

  /**
   * Class probabilities of one or more images.
   *
   * @param pixels `[images, height, width, channels]`, each from 0 (background) to 1 (ink)
   * @returns `[images, classes]`; each image's add up to 1
   * @throws {InklingError} when the pixels are no whole number of images
   */
  predict(pixels: Float32Array): Float32Array {
    return this.#outputsOf(pixels, this.#prediction.probabilities);
  }

  /**
   * What the network gives before softmax turns it into probabilities; shapes and errors are those of `predict`.
   */
  logits(pixels: Float32Array): Float32Array {
    return this.#outputsOf(pixels, this.#prediction.logits);
  }

  /**
   * What the network makes of one image.
   *
   * @param pixels `[height, width, channels]`, each from 0 (background) to 1 (ink)
   * @throws {InklingError} when the pixels are not one image
   */
  inspect(pixels: Float32Array): Inspection {
    this.#checkImages(pixels, 1);
    const logits = this.#runBatch(pixels, 1, this.#prediction.logits).slice();
    const { tensors } = this.#engine;
    const featureMaps = [...this.#pooled].map(([layer, tensor]) =>
      featureMapsOf(layer, tensor, tensors.floats(tensor)),
    );
    return { logits, featureMaps };
  }

  #outputsOf(pixels: Float32Array, output: Tensor): Float32Array {
    const imageSize = sizeOf(this.saved.model.input);
    const images = this.#checkImages(pixels, Infinity);
    const results = new Float32Array(images * this.classes.length);
    for (let first = 0; first < images; first += BATCH_SIZE) {
      const count = Math.min(BATCH_SIZE, images - first);
      const batch = pixels.subarray(first * imageSize, (first + count) * imageSize);
      results.set(this.#runBatch(batch, count, output), first * this.classes.length);
    }
    return results;
  }

  /** Returns how many images the pixels are. */
  #checkImages(pixels: Float32Array, mostImages: number): number {
    const { input, name } = this.saved.model;
    const imageSize = sizeOf(input);
    const images = pixels.length / imageSize;
    if (images === 0 || images > mostImages || !Number.isInteger(images)) {
      const [what, each] = mostImages === 1 ? ['one image', ''] : ['images', ' each'];
      throw new InklingError(
        `${name}: expected ${what} of ${formatShape(input)}, ${String(imageSize)} numbers${each}, got ${String(pixels.length)} numbers`,
      );
    }
    return images;
  }

  #runBatch(pixels: Float32Array, count: number, output: Tensor): Float32Array {
    const { tensors } = this.#engine;
    tensors.floats(this.#prediction.pixels).set(pixels);
    this.#run({ ...ONE_BATCH, count });
    return tensors.floats(output).subarray(0, count * this.classes.length);
  }
}
