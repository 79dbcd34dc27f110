import { UsageError } from '../core/errors.js';
import { unknownName } from '../core/suggest.js';
import { inputKindOfModel } from '../interop/checkpoint.js';
import { resolveModel } from '../models/resolve.js';
import { type Activations, CompiledModel } from '../predict/compiledModel.js';
import { assertKnownLayers } from '../predict/predictionPlan.js';
import { argmax } from '../predict/softmax.js';

/** Which pixels of a model's input count for or against a class. */
export interface Saliency {
  /** The class that is explained. */
  readonly label: string;
  /** Of the model's input. */
  readonly shape: readonly [height: number, width: number];
  /** `[height, width]`, from -1 (counts against the class) to 1 (counts for it). */
  readonly values: Float32Array;
}

/** Shows how a model comes to its predictions. */
export class Explainer {
  readonly #model: CompiledModel;
  /** Compiled when it is first needed, since it keeps the outputs of all layers. */
  #inspector: Promise<CompiledModel> | undefined;

  constructor(model: CompiledModel) {
    this.#model = model;
  }

  /** @throws {InklingError} when the model has no such layer */
  assertLayer(layer: string): void {
    assertKnownLayers(resolveModel(this.#model.saved.model), [layer]);
  }

  /** @throws {UsageError} when the model has no such class */
  assertLabel(label: string): void {
    const { classes } = this.#model.saved;
    if (!classes.includes(label)) throw new UsageError(unknownName('class', label, classes));
  }

  /**
   * The output of a layer for an image.
   *
   * @param pixels the model's input
   */
  async activations(layer: string, pixels: Float32Array): Promise<Activations> {
    this.#inspector ??= this.#compileInspector();
    const { activations } = await (await this.#inspector).run(pixels);
    const found = activations.get(layer);
    if (found === undefined) throw new Error(`the layer ${layer} was not observed`);
    return found;
  }

  /**
   * Which pixels count for or against a class.
   *
   * @param pixels the model's input
   * @param label by default the predicted class
   */
  async saliency(pixels: Float32Array, label?: string): Promise<Saliency> {
    const { saved } = this.#model;
    const { classes } = saved;
    const { input: shape } = saved.model;
    const { occlusionsOf } = await import('../explain/occlusion.js');
    const { images, saliency } = occlusionsOf({ shape, inputKind: inputKindOfModel(saved) }, pixels);
    const { logits } = await this.#model.run(images);
    const index = label === undefined ? argmax(logits.subarray(0, classes.length)) : classes.indexOf(label);
    return { label: classes[index], shape: [shape[0], shape[1]], values: saliency(logits, index) };
  }

  /** Frees its memory. */
  async close(): Promise<void> {
    // An inspector that could not be compiled has none.
    const inspector = await this.#inspector?.catch(() => undefined);
    await inspector?.close();
  }

  #compileInspector(): Promise<CompiledModel> {
    const { saved } = this.#model;
    const activations = resolveModel(saved.model).allLayers.map(({ name }) => name);
    return CompiledModel.create(saved, { activations, maxBatchSize: 1 });
  }
}
