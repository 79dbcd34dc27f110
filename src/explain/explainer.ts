import { UsageError } from '../core/errors.js';
import { unknownName } from '../core/suggest.js';
import { inputKindOfModel, type SavedModel } from '../interop/checkpoint.js';
import { resolveModel } from '../models/resolve.js';
import type { ResolvedLayer, ResolvedModel } from '../models/resolved.js';
import type { CompiledModel, RunOptions } from '../predict/compiledModel.js';
import { argmax } from '../predict/softmax.js';
import { activationMap, enlarge } from './activationMap.js';
import { gradientStrength } from './gradientStrength.js';
import { LayerGradients } from './layerGradients.js';
import {
  CAM_METHODS,
  type CamMethod,
  defaultMethod,
  SALIENCY_METHODS,
  type SaliencyMethod,
} from './methods.js';
import { occlusionSaliency } from './occlusion.js';
import { chooseLayer } from './spatialLayers.js';

/** What is explained, and how. */
export interface SaliencyRequest {
  /** By default `layer-cam` for models of photos and where a layer is named, otherwise `occlusion`. */
  readonly method?: SaliencyMethod | undefined;
  /**
   * For `layer-cam` and `grad-cam`, the name of a layer that outputs an image, as in `resolveModel(saved.model).allLayers`; by default
   * the last one.
   */
  readonly layer?: string | undefined;
  /** The class to explain; by default the predicted one. */
  readonly label?: string | undefined;
}

/** Which pixels of a model's input count for or against a class. */
export interface Saliency {
  /** The class that is explained. */
  readonly label: string;
  readonly method: SaliencyMethod;
  /** The layer that the method used; undefined for `gradient` and `occlusion`. */
  readonly layer?: string;
  /** Of the model's input. */
  readonly shape: readonly [height: number, width: number];
  /**
   * `[height, width]`: for `occlusion` from -1 (counts against the class) to 1 (counts for it); for the others, which show only what
   * counts for it, from 0 to 1.
   */
  readonly values: Float32Array;
}

/** Computes logits `[images, classes]` of images `[images, height, width, channels]` from 0 to 1. */
export type ComputeLogits = (images: Float32Array, options: RunOptions) => Promise<Float32Array>;

/** Explains the predictions of a model. */
export class Explainer {
  readonly #saved: SavedModel;
  readonly #resolved: ResolvedModel;
  readonly #logits: ComputeLogits;
  /** Those of the layer that was used last, or of the image. */
  #gradients: { readonly layer: string | undefined; readonly compiled: Promise<LayerGradients> } | undefined;

  constructor(saved: SavedModel, logits: ComputeLogits) {
    this.#saved = saved;
    this.#resolved = resolveModel(saved.model);
    this.#logits = logits;
  }

  /** One that runs the compiled model. */
  static of(model: CompiledModel): Explainer {
    return new Explainer(model.saved, async (images, options) => (await model.run(images, options)).logits);
  }

  /** @throws {UsageError} when there is no such method, layer, or class, or the method takes no layer */
  check(request: SaliencyRequest): void {
    const { layer, label } = request;
    const { classes } = this.#saved;
    const method = this.#methodFor(request);
    if (!SALIENCY_METHODS.includes(method))
      throw new UsageError(unknownName('method', method, SALIENCY_METHODS));
    if (label !== undefined && !classes.includes(label))
      throw new UsageError(unknownName('class', label, classes));
    if (isCam(method)) chooseLayer(this.#resolved, layer);
    else if (layer !== undefined) {
      throw new UsageError(
        `layer: expected none for ${method}, got "${layer}"; omit it, or use layer-cam or grad-cam`,
      );
    }
  }

  /**
   * Which pixels count for or against a class.
   *
   * @param pixels the model's input, `[height, width, channels]`, from 0 to 1
   * @throws like `check`; {InklingError} when gradients are not finite, or what the model throws
   */
  async saliency(
    pixels: Float32Array,
    request: SaliencyRequest = {},
    options: RunOptions = {},
  ): Promise<Saliency> {
    this.check(request);
    const { model, classes } = this.#saved;
    const [height, width, channels] = model.input;
    const label =
      request.label === undefined
        ? argmax(await this.#logits(pixels, options))
        : classes.indexOf(request.label);
    const method = this.#methodFor(request);
    const shared = { label: classes[label], method, shape: [height, width] } as const;
    if (method === 'occlusion') {
      const inputKind = inputKindOfModel(this.#saved);
      const logits = (images: Float32Array) => this.#logits(images, options);
      return {
        ...shared,
        values: await occlusionSaliency({ shape: model.input, inputKind, logits }, pixels, label),
      };
    }
    if (method === 'gradient') {
      const { gradients } = (await this.#gradientsOf(undefined)).of(pixels, label);
      return { ...shared, values: gradientStrength(gradients, channels) };
    }
    const layer = chooseLayer(this.#resolved, request.layer);
    const gradient = (await this.#gradientsOf(layer)).of(pixels, label);
    const [rows, columns] = gradient.shape;
    const values = enlarge(activationMap(gradient, method), [rows, columns], [height, width]);
    return { ...shared, layer: layer.name, values };
  }

  /** Compiled when they are first needed; their memory is that of the garbage collector. */
  #gradientsOf(layer: ResolvedLayer | undefined): Promise<LayerGradients> {
    if (this.#gradients === undefined || this.#gradients.layer !== layer?.name) {
      const compiled = LayerGradients.create(this.#resolved, this.#saved.weights, layer);
      this.#gradients = { layer: layer?.name, compiled };
    }
    return this.#gradients.compiled;
  }

  #methodFor({ method, layer }: SaliencyRequest): SaliencyMethod {
    return method ?? (layer === undefined ? defaultMethod(this.#saved) : 'layer-cam');
  }
}

function isCam(method: SaliencyMethod): method is CamMethod {
  return CAM_METHODS.some((cam) => cam === method);
}
