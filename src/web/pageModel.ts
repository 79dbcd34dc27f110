import { sizeOf, type Shape } from '#inkling/core/shape.js';
import type { Explainer, Saliency, SaliencyRequest } from '#inkling/explain/explainer.js';
import { defaultMethod, methodsFor, type SaliencyMethod } from '#inkling/explain/methods.js';
import type { ModelInputs } from '#inkling/images/concern.js';
import type { InputKind } from '#inkling/images/inputKind.js';
import { loadPreprocessing } from '#inkling/images/loadPreprocessing.js';
import type { Calibration } from '#inkling/interop/calibrationRecord.js';
import { inputKindOfModel } from '#inkling/interop/checkpoint.js';
import { decodeCheckpoint } from '#inkling/interop/decodeCheckpoint.js';
import { confidencesOf, layersToObserve } from '#inkling/predict/calibration.js';
import { CompiledModel, type RunOptions } from '#inkling/predict/compiledModel.js';
import type { Doubt } from '#inkling/predict/doubt.js';
import { featureMapLayers, type FeatureMaps, featureMapsOf } from '#inkling/predict/featureMaps.js';
import { doubtOf, predictionsOf } from '#inkling/predict/predictions.js';
import { ranked } from '#inkling/predict/softmax.js';
import type { TrainedModel } from '#inkling/predict/trainedModel.js';
import { servedModelSchema } from '#inkling/server/apiSchemas.js';
import { getBytes, getJson } from './api.js';

/** The classes that a model predicts for one image. */
export interface Ranking {
  /** `[classes]`, calibrated if the model has a calibration */
  readonly probabilities: readonly number[];
  /** Labels, most likely first. */
  readonly ranking: readonly number[];
}

/** The prediction for one image, with the outputs of inner layers. */
export interface InspectedPrediction extends Ranking, Doubt {
  readonly featureMaps: readonly FeatureMaps[];
}

/** A trained model that runs in the browser. */
export class PageModel {
  readonly name: string;
  readonly #compiled: CompiledModel;
  /** The layers whose feature maps are shown. */
  readonly #shownLayers: readonly string[];
  #explainer: Promise<Explainer> | undefined;

  private constructor(name: string, compiled: CompiledModel, shownLayers: readonly string[]) {
    this.name = name;
    this.#compiled = compiled;
    this.#shownLayers = shownLayers;
  }

  /** @throws {InklingError} when the weights do not fit the model */
  static async create({ name, saved }: TrainedModel): Promise<PageModel> {
    const shownLayers = featureMapLayers(saved.model);
    const activations = [...new Set([...shownLayers, ...layersToObserve(saved.calibration)])];
    // Drawings are normalized like digits, whatever the model takes.
    await loadPreprocessing('digit');
    await loadPreprocessing(inputKindOfModel(saved));
    return new PageModel(name, await CompiledModel.create(saved, { activations }), shownLayers);
  }

  get calibration(): Calibration | undefined {
    return this.#compiled.saved.calibration;
  }

  get classes(): readonly string[] {
    return this.#compiled.saved.classes;
  }

  /** Of one image: `[height, width, channels]`. */
  get shape(): Shape {
    return this.#compiled.saved.model.input;
  }

  get inputKind(): InputKind {
    return inputKindOfModel(this.#compiled.saved);
  }

  /** How its predictions can be explained. */
  get methods(): readonly SaliencyMethod[] {
    return methodsFor(this.#compiled.saved);
  }

  get defaultMethod(): SaliencyMethod {
    return defaultMethod(this.#compiled.saved);
  }

  /** @param inputs one image */
  inspect({ pixels, concerns }: ModelInputs): InspectedPrediction {
    const outputs = this.#compiled.runSync(pixels);
    const { saved } = this.#compiled;
    return {
      ...this.#rank(outputs.logits),
      ...doubtOf(predictionsOf({ pixels, concerns }, outputs, saved, 1)),
      featureMaps: featureMapsOf(outputs, this.#shownLayers),
    };
  }

  /** @param images `[images, height, width, channels]`, from 0 to 1 */
  predict(images: Float32Array): Ranking[] {
    const logits = this.#compiled.runSync(images).logits;
    const classes = this.classes.length;
    return Array.from({ length: logits.length / classes }, (_, image) =>
      this.#rank(logits.subarray(image * classes, (image + 1) * classes)),
    );
  }

  /**
   * Which pixels of an image count for or against a class.
   *
   * @param pixels one image, `[height, width, channels]`, from 0 to 1
   * @throws the signal's reason when it is aborted
   */
  async saliencyOf(pixels: Float32Array, request: SaliencyRequest, signal: AbortSignal): Promise<Saliency> {
    this.#explainer ??= this.#loadExplainer();
    return (await this.#explainer).saliency(pixels, request, { signal });
  }

  /** Gradients take code that predictions do not. */
  async #loadExplainer(): Promise<Explainer> {
    const { Explainer } = await import('#inkling/explain/explainer.js');
    return new Explainer(this.#compiled.saved, (images, options) => this.#logitsOf(images, options));
  }

  /** Batch by batch, so that the page responds in between, and other images can be classified. */
  async #logitsOf(images: Float32Array, { signal }: RunOptions): Promise<Float32Array> {
    const size = this.#compiled.maxBatchSize * sizeOf(this.shape);
    const logits: number[] = [];
    for (let start = 0; start < images.length; start += size) {
      signal?.throwIfAborted();
      logits.push(...this.#compiled.runSync(images.subarray(start, start + size)).logits);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return Float32Array.from(logits);
  }

  /** @param logits `[classes]` */
  #rank(logits: Float32Array): Ranking {
    const probabilities = confidencesOf(logits, this.calibration);
    const ranking = ranked(probabilities);
    return { probabilities, ranking };
  }
}

/** The model that the server was started with. */
export async function loadServedModel(): Promise<PageModel> {
  const [{ name }, bytes] = await Promise.all([
    getJson(servedModelSchema, 'api/model'),
    getBytes('api/model/checkpoint'),
  ]);
  return PageModel.create({ name, saved: decodeCheckpoint(bytes, name) });
}

/**
 * The model of a run, from its best epoch.
 *
 * @param calibration from the summary of the run: the files of earlier versions do not contain it
 */
export async function loadRunModel(run: string, calibration: Calibration | undefined): Promise<PageModel> {
  const bytes = await getBytes(`api/runs/${encodeURIComponent(run)}/checkpoint`);
  const saved = decodeCheckpoint(bytes, run);
  return PageModel.create({ name: run, saved: { ...saved, calibration: saved.calibration ?? calibration } });
}
