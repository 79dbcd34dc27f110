import { Explainer, type Saliency, type SaliencyRequest } from '../explain/explainer.js';
import { resolveModel } from '../models/resolve.js';
import { type Activations, CompiledModel, type RunOptions } from '../predict/compiledModel.js';
import { assertKnownLayers } from '../predict/plans/predictionPlan.js';

/** Shows how a model comes to its predictions. */
export class Inspector {
  readonly #model: CompiledModel;
  readonly #explainer: Explainer;
  /** Compiled when it is first needed, since it keeps the outputs of all layers. */
  #compiled: Promise<CompiledModel> | undefined;

  constructor(model: CompiledModel) {
    this.#model = model;
    this.#explainer = Explainer.of(model);
  }

  /** @throws {InklingError} when the model has no such layer */
  assertLayer(layer: string): void {
    assertKnownLayers(resolveModel(this.#model.saved.model), [layer]);
  }

  /** @throws {UsageError} when a saliency cannot be computed as requested */
  assertRequest(request: SaliencyRequest): void {
    this.#explainer.check(request);
  }

  /**
   * The output of a layer for an image.
   *
   * @param pixels the model's input
   */
  async activations(layer: string, pixels: Float32Array): Promise<Activations> {
    this.#compiled ??= this.#compile();
    const { activations } = await (await this.#compiled).run(pixels);
    const found = activations.get(layer);
    if (found === undefined) throw new Error(`the layer ${layer} was not observed`);
    return found;
  }

  /**
   * Which pixels count for or against a class.
   *
   * @param pixels the model's input
   */
  async saliency(pixels: Float32Array, request: SaliencyRequest, options: RunOptions): Promise<Saliency> {
    return this.#explainer.saliency(pixels, request, options);
  }

  /** Frees its memory. */
  async close(): Promise<void> {
    // A model that could not be compiled has none.
    const compiled = await this.#compiled?.catch(() => undefined);
    await compiled?.close();
  }

  #compile(): Promise<CompiledModel> {
    const { saved } = this.#model;
    const activations = resolveModel(saved.model).allLayers.map(({ name }) => name);
    return CompiledModel.create(saved, { activations, maxBatchSize: 1 });
  }
}
