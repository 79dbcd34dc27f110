/// <reference lib="esnext.disposable" preserve="true" />
import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { ClosedError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import { teamOf } from '../engine/teamOf.js';
import type { Saliency } from '../explain/explainer.js';
import type { InputKind } from '../images/inputKind.js';
import type { FileInputs } from '../images/concern.js';
import { ImageReader } from '../images/readImage.js';
import type { Calibration } from '../interop/calibrationRecord.js';
import { inputKindOfModel, type SavedModel } from '../interop/checkpoint.js';
import type { TrainingRecord } from '../interop/trainingRecord.js';
import { layersToObserve } from '../predict/calibration.js';
import { type Activations, CompiledModel } from '../predict/compiledModel.js';
import { DEFAULT_TOP } from '../predict/ranking.js';
import { type Classification, classificationsOf, type ImageResult } from './classification.js';
import {
  CLASSIFY_OPTIONS,
  type ClassifierOptions,
  type ClassifyOptions,
  IMAGE_OPTIONS,
  type ImageOptions,
  SALIENCY_OPTIONS,
  type SaliencyOptions,
} from './classifierOptions.js';
import { classifyInChunks } from './classifyInChunks.js';
import type { Inspector } from './inspector.js';
import { type ImageInput, inputsOfImage } from './imageInput.js';

/** A trained model that classifies images of any kind. It is to be closed when it is no longer needed. */
export class Classifier implements AsyncDisposable {
  /** The saved model, which `saveClassifier` writes to a file. */
  readonly saved: SavedModel;
  /**
   * The kind of input: a digit is found on the image and normalized as in MNIST; any other image is resized, and for `photo`, its
   * center is cropped.
   */
  readonly inputKind: InputKind;
  readonly #model: CompiledModel;
  readonly #reader: ImageReader;
  /** Loaded when it is first needed: inspecting a model takes code that predictions do not. */
  #inspector: Promise<Inspector> | undefined;
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
   * @throws {UsageError} for anything but a trained model
   * @throws {InklingError} when the weights do not fit the model
   */
  static async create(saved: SavedModel, options: ClassifierOptions = {}): Promise<Classifier> {
    checkArguments('Classifier.create', { saved });
    checkOptions('Classifier.create', options, { threads: kinds.count });
    const { threads = 1 } = options;
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
  async classify(image: ImageInput, options: ClassifyOptions = {}): Promise<Classification> {
    checkOptions('classify', options, CLASSIFY_OPTIONS);
    const { top = DEFAULT_TOP, signal } = options;
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
   * @throws {UsageError} for anything else, such as one image, or an unknown option
   * @throws {ClosedError} when the classifier was closed
   */
  async classifyMany(
    images: Iterable<ImageInput> | AsyncIterable<ImageInput>,
    options: ClassifyOptions = {},
  ): Promise<ImageResult[]> {
    checkValues('classifyMany', { images }, { images: kinds.iterable });
    checkOptions('classifyMany', options, CLASSIFY_OPTIONS);
    const { top = DEFAULT_TOP, signal } = options;
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
  async logits(image: ImageInput, options: ImageOptions = {}): Promise<Float32Array> {
    checkOptions('logits', options, IMAGE_OPTIONS);
    const { signal } = options;
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
  async activations(layer: string, image: ImageInput, options: ImageOptions = {}): Promise<Activations> {
    checkOptions('activations', options, IMAGE_OPTIONS);
    const { signal } = options;
    return this.#guard(signal, async () => {
      const inspector = await this.#inspect();
      inspector.assertLayer(layer);
      const { pixels } = await this.#inputsOf(image, signal);
      return inspector.activations(layer, pixels);
    });
  }

  /**
   * Which pixels of the model's input count for or against a class: by LayerCAM for photos, otherwise by occlusion, unless the options
   * name another method.
   *
   * @param options with the class as `label`, one of `labels`; or only the label
   * @throws {UsageError} when there is no such method, layer, or class; otherwise like `classify`
   */
  async saliency(
    image: ImageInput,
    options: string | SaliencyOptions = {},
    more: ImageOptions = {},
  ): Promise<Saliency> {
    const given = typeof options === 'string' ? { label: options } : options;
    checkOptions('saliency', given, SALIENCY_OPTIONS);
    checkOptions('saliency', more, IMAGE_OPTIONS);
    const { signal, ...request } = { ...more, ...given };
    return this.#guard(signal, async () => {
      const inspector = await this.#inspect();
      inspector.assertRequest(request);
      const { pixels } = await this.#inputsOf(image, signal);
      return inspector.saliency(pixels, request, { signal });
    });
  }

  /** Ends its threads and frees its memory; operations in progress are rejected. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // One that could not be loaded has no memory.
    const inspector = await this.#inspector?.catch(() => undefined);
    this.#inspector = undefined;
    await Promise.all([this.#model.close(), this.#reader.close(), inspector?.close()]);
  }

  /** For `await using`; see `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #inspect(): Promise<Inspector> {
    this.#inspector ??= import('./inspector.js').then(({ Inspector }) => new Inspector(this.#model));
    return this.#inspector;
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
