/// <reference lib="esnext.disposable" preserve="true" />
import { ClosedError, UsageError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import { unknownName } from '../core/suggest.js';
import { teamOf } from '../engine/team.js';
import type { InputKind } from '../images/inputKind.js';
import type { FileInputs } from '../images/concern.js';
import { ImageReader } from '../images/readImage.js';
import type { Calibration } from '../interop/calibrationRecord.js';
import { inputKindOfModel, type SavedModel } from '../interop/checkpoint.js';
import type { TrainingRecord } from '../interop/trainingRecord.js';
import { resolveModel } from '../models/resolve.js';
import type { ByteSource } from '../platform/byteSource.js';
import { layersToObserve } from '../predict/calibration.js';
import { type Activations, CompiledModel } from '../predict/compiledModel.js';
import { assertKnownLayers } from '../predict/predictionPlan.js';
import { DEFAULT_TOP } from '../predict/ranking.js';
import { argmax } from '../predict/softmax.js';
import { type Classification, classificationsOf, type ImageResult } from './classification.js';
import { classifyInChunks } from './classifyInChunks.js';
import { type ImageInput, inputsOfImage } from './imageInput.js';
import { readModel } from './readModel.js';

/** How a classifier computes. */
export interface ClassifierOptions {
  /**
   * The number of threads that compute, by default one, the calling thread, which is fastest for a few images. Where threads are not
   * available, it is one as well, as `Classifier.threads` shows.
   */
  readonly threads?: number | undefined;
}

/** How to load a classifier. */
export interface LoadOptions extends ClassifierOptions {
  /** Abandons loading. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of what a classifier does with an image. */
export interface ImageOptions {
  /** Abandons the operation, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How to classify. */
export interface ClassifyOptions extends ImageOptions {
  /** How many classes to rank in `top`, at least 1; by default 2. */
  readonly top?: number | undefined;
}

/** Which pixels of a model's input count for or against a class. */
export interface Saliency {
  /** The class that is explained. */
  readonly label: string;
  /** Of the model's input. */
  readonly shape: readonly [height: number, width: number];
  /** `[height, width]`, from -1 (counts against the class) to 1 (counts for it). */
  readonly values: Float32Array;
}

/**
 * Loads a model that was saved by Inkling.
 *
 * @param source a `.safetensors` file: its URL, the file itself (`File`, `Blob`), its bytes, or in Node.js its path, or the path of a
 *   run folder. In browsers, a string is a URL, which may be relative to the page.
 * @throws {FetchError} when it cannot be fetched
 * @throws {InklingError} when it cannot be read, or is not such a file
 * @example
 * ```ts
 * const classifier = await loadClassifier('/models/digits.safetensors');
 * const { label, probability, doubt } = await classifier.classify(file);
 * ```
 */
export async function loadClassifier(
  source: ByteSource,
  { signal, ...options }: LoadOptions = {},
): Promise<Classifier> {
  signal?.throwIfAborted();
  const { saved } = await readModel(source, signal);
  const classifier = await Classifier.create(saved, options);
  if (!signal?.aborted) return classifier;
  await classifier.close();
  throw signal.reason;
}

/** A trained model that classifies images of any kind. It is to be closed when it is no longer needed. */
export class Classifier implements AsyncDisposable {
  /** The saved model, which `saveClassifier` writes to a file. */
  readonly saved: SavedModel;
  /** The kind of input: a digit is found on the image and normalized as in MNIST; any other image is resized as a whole. */
  readonly inputKind: InputKind;
  readonly #model: CompiledModel;
  readonly #reader: ImageReader;
  #inspector: Promise<CompiledModel> | undefined;
  #isClosed = false;

  private constructor(model: CompiledModel) {
    this.#model = model;
    this.saved = model.saved;
    this.inputKind = inputKindOfModel(model.saved);
    this.#reader = new ImageReader(this.shape, this.inputKind, model.threads);
  }

  /**
   * A classifier of a model in memory, such as the best one of `fit`.
   *
   * @throws {InklingError} when the weights do not fit the model
   */
  static async create(saved: SavedModel, { threads = 1 }: ClassifierOptions = {}): Promise<Classifier> {
    const activations = layersToObserve(saved.calibration);
    const engine = threads === 1 ? undefined : teamOf(threads);
    return new Classifier(await CompiledModel.create(saved, { activations, engine }));
  }

  /** The names of the classes, in the order of the logits. */
  get labels(): readonly string[] {
    return this.saved.classes;
  }

  /** The shape of the model's input, `[height, width, channels]`. */
  get shape(): Shape {
    return this.saved.model.input;
  }

  /** When to rely on predictions, as measured on the validation images; undefined if the model was not calibrated. */
  get calibration(): Calibration | undefined {
    return this.saved.calibration;
  }

  /** How the model was trained; undefined for weights that were trained by other programs. */
  get training(): (TrainingRecord & { readonly dataset: string }) | undefined {
    const { training, dataset } = this.saved;
    return training && { dataset, ...training };
  }

  /** The number of threads that compute. */
  get threads(): number {
    return this.#model.threads;
  }

  /**
   * Classifies an image.
   *
   * @throws {InvalidInputError} when it is no image, or its pixels are not from 0 to 1, or bytes
   * @throws {InklingError} when it cannot be read or decoded, or shows no drawing where a digit is expected
   * @throws {ClosedError} when the classifier was closed
   */
  async classify(
    image: ImageInput,
    { top = DEFAULT_TOP, signal }: ClassifyOptions = {},
  ): Promise<Classification> {
    checkTop(top);
    const [classification] = await this.#guard(signal, async () =>
      this.#classifyInputs([await this.#inputsOf(image, signal)], top),
    );
    return classification;
  }

  /**
   * Classifies many images in batches. An image that cannot be classified has an error as its result and does not affect the others.
   *
   * @param images an array, or anything to iterate over, also asynchronously
   * @returns one result per image, in the same order
   * @throws {ClosedError} when the classifier was closed
   */
  async classifyMany(
    images: Iterable<ImageInput> | AsyncIterable<ImageInput>,
    { top = DEFAULT_TOP, signal }: ClassifyOptions = {},
  ): Promise<ImageResult[]> {
    checkTop(top);
    return this.#guard(signal, () =>
      classifyInChunks(images, {
        read: (image) => this.#inputsOf(image, signal),
        classify: (inputs) => this.#classifyInputs(inputs, top),
        // Not an error of one image.
        assertContinues: () => {
          this.#assertContinues(signal);
        },
      }),
    );
  }

  /**
   * The logits of an image, before calibration and softmax.
   *
   * @returns `[classes]`, in the order of `labels`
   * @throws like `classify`
   */
  async logits(image: ImageInput, { signal }: ImageOptions = {}): Promise<Float32Array> {
    return this.#guard(signal, async () => {
      const { pixels } = await this.#inputsOf(image, signal);
      return (await this.#model.run(pixels)).logits;
    });
  }

  /**
   * The output of a layer for an image.
   *
   * @param layer its name, as in `resolveModel(classifier.saved.model).allLayers`
   * @throws {InklingError} when the model has no such layer; otherwise like `classify`
   */
  async activations(layer: string, image: ImageInput, { signal }: ImageOptions = {}): Promise<Activations> {
    return this.#guard(signal, async () => {
      assertKnownLayers(resolveModel(this.saved.model), [layer]);
      const { pixels } = await this.#inputsOf(image, signal);
      this.#inspector ??= this.#compileInspector();
      const { activations } = await (await this.#inspector).run(pixels);
      const found = activations.get(layer);
      if (found === undefined) throw new Error(`the layer ${layer} was not observed`);
      return found;
    });
  }

  /**
   * Which pixels of the model's input count for or against a class: occlusion saliency, after Zeiler and Fergus (2014).
   *
   * @param label one of `labels`; by default the predicted class
   * @throws {UsageError} when there is no such class; otherwise like `classify`
   */
  async saliency(image: ImageInput, label?: string, { signal }: ImageOptions = {}): Promise<Saliency> {
    if (label !== undefined && !this.labels.includes(label))
      throw new UsageError(unknownName('class', label, this.labels));
    return this.#guard(signal, async () => {
      const { pixels } = await this.#inputsOf(image, signal);
      const { occlusionsOf } = await import('../explain/occlusion.js');
      const { images, saliency } = occlusionsOf(this, pixels);
      const { logits } = await this.#model.run(images);
      const index =
        label === undefined ? argmax(logits.subarray(0, this.labels.length)) : this.labels.indexOf(label);
      return {
        label: this.labels[index],
        shape: [this.shape[0], this.shape[1]],
        values: saliency(logits, index),
      };
    });
  }

  /** Ends its threads and frees its memory; operations in progress are rejected. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const inspector = this.#inspector?.then(
      (model) => model.close(),
      () => undefined,
    );
    await Promise.all([this.#model.close(), this.#reader.close(), inspector]);
  }

  /** For `await using`; see `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #compileInspector(): Promise<CompiledModel> {
    const activations = resolveModel(this.saved.model).allLayers.map(({ name }) => name);
    return CompiledModel.create(this.saved, { activations, maxBatchSize: 1 });
  }

  #inputsOf(image: ImageInput, signal: AbortSignal | undefined): Promise<FileInputs> {
    return inputsOfImage(image, this.#reader, signal);
  }

  #classifyInputs(inputs: readonly FileInputs[], top: number): Promise<Classification[]> {
    return classificationsOf(this.#model, inputs, top);
  }

  #assertContinues(signal: AbortSignal | undefined): void {
    if (this.#isClosed) throw new ClosedError('the classifier was closed; load it again');
    signal?.throwIfAborted();
  }

  /** Runs an operation, unless the classifier is closed or the signal aborts, which also explain the errors that they cause. */
  async #guard<T>(signal: AbortSignal | undefined, operation: () => Promise<T>): Promise<T> {
    this.#assertContinues(signal);
    try {
      return await operation();
    } catch (error) {
      this.#assertContinues(signal);
      throw error;
    }
  }
}

function checkTop(top: number): void {
  if (Number.isInteger(top) && top >= 1) return;
  throw new UsageError(`top: expected a number of classes, at least 1, got ${top}`);
}
