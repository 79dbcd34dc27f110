import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { InklingError } from '../core/errors.js';
import { toUnitFloats } from '../core/pixels.js';
import { type Shape, sizeOf } from '../core/shape.js';
import type { Engine, StartEngine } from '../engine/engine.js';
import { InlineEngine } from '../engine/inline.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { writeWeights } from '../models/network.js';
import { INERT_STEP } from '../plan/steps.js';
import type { Tensor } from '../plan/tensor.js';
import { checkImages } from './checkImages.js';
import { loadDetector } from './detector/detector.js';
import { planInference } from './plans/planInference.js';
import type { PredictionPlan } from './plans/predictionPlan.js';

/** How a model is prepared for predictions. */
export interface CompileOptions {
  /**
   * Starts the engine to run on. By default, the model runs on the calling thread, which is faster for a few images and
   * allows `runSync`.
   */
  readonly engine?: StartEngine | undefined;
  /**
   * Maximum number of images per batch; larger requests are split. By default, as many as fit a memory budget, up to 64. If not as
   * many fit into memory, batches are smaller.
   */
  readonly maxBatchSize?: number | undefined;
  /** Names of layers whose outputs are returned as well. */
  readonly activations?: readonly string[] | undefined;
  /** The number of layers at the start that are left out, by default 0: instead of images, `run` takes their output. */
  readonly fixedLayers?: number | undefined;
}

/** How a model is run. */
export interface RunOptions {
  /** Ends a run between two batches. */
  readonly signal?: AbortSignal | undefined;
}

/** A model's outputs for some images. */
export interface ModelOutputs {
  /** `[images, classes]` */
  readonly logits: Float32Array;
  /** `[images, classes]`; each image's add up to 1. */
  readonly probabilities: Float32Array;
  /** By layer name, for the requested layers. */
  readonly activations: ReadonlyMap<string, Activations>;
}

/** A layer's outputs for some images. */
export interface Activations {
  /** For one image: `[height, width, channels]`, or `[features]`. */
  readonly shape: Shape;
  /** `[images, ...shape]` */
  readonly values: Float32Array;
}

/** An output tensor, and the values read from it so far. */
interface Reading {
  readonly tensor: Tensor;
  readonly itemSize: number;
  readonly values: Float32Array;
}

const OPTIONS: OptionKinds<CompileOptions> = {
  engine: kinds.callback,
  maxBatchSize: kinds.count,
  activations: kinds.names,
  fixedLayers: kinds.index,
};

const ONE_BATCH = { ...INERT_STEP, first: 0 };

/**
 * A saved model that is ready to run: planned and loaded into an engine, with its weights prepared once. All inference
 * uses it.
 */
export class CompiledModel {
  readonly saved: SavedModel;
  readonly maxBatchSize: number;
  readonly #engine: Engine;
  readonly #plan: PredictionPlan;
  readonly #takesFeatures: boolean;
  /** Settles when all runs so far are done. */
  #lastRun: Promise<unknown> = Promise.resolve();

  private constructor(saved: SavedModel, engine: Engine, plan: PredictionPlan, takesFeatures: boolean) {
    this.saved = saved;
    this.maxBatchSize = plan.main.batchSize;
    this.#engine = engine;
    this.#plan = plan;
    this.#takesFeatures = takesFeatures;
  }

  /** The number of threads that compute in parallel. */
  get threads(): number {
    return this.#engine.threads;
  }

  /**
   * @throws {UsageError} for anything but a trained model, or an unknown option
   * @throws {InklingError} when the weights do not fit the model, it has no layer with a name in `activations`, or the
   * memory cannot be allocated
   */
  static async create(saved: SavedModel, options: CompileOptions = {}): Promise<CompiledModel> {
    checkArguments('CompiledModel.create', { saved });
    checkOptions('CompiledModel.create', options, OPTIONS);
    // Judging predictions needs it, and is synchronous.
    if (saved.calibration?.familiarity?.detector !== undefined) await loadDetector();
    const { network, plan, memoryBytes } = await planInference({
      model: saved.model,
      maxBatchSize: options.maxBatchSize,
      activations: options.activations,
      fixedLayers: options.fixedLayers,
    });
    const start: StartEngine = options.engine ?? ((bytes) => InlineEngine.start(bytes));
    const engine = await start(memoryBytes);
    try {
      writeWeights(engine, network, saved.weights);
      await engine.run(plan.prologue, [{ ...ONE_BATCH, count: 1 }]);
      await engine.load(plan.main);
    } catch (error) {
      await engine.close();
      throw error;
    }
    return new CompiledModel(saved, engine, plan, (options.fixedLayers ?? 0) > 0);
  }

  /**
   * Runs the model on one or more images. Concurrent calls are queued.
   *
   * @param images `[images, height, width, channels]`: floats from 0 to 1, or bytes from 0 to 255
   * @throws {InvalidInputError} when these are not images of the model's input shape, or a float is not from 0 to 1
   * @throws {InklingError} when the outputs are not finite numbers, or the engine failed or was closed
   * @throws the signal's reason when it is aborted
   */
  async run(images: Float32Array | Uint8Array, { signal }: RunOptions = {}): Promise<ModelOutputs> {
    const count = this.#countOf(images);
    const run = this.#lastRun.then(() => this.#runBatches(images, count, signal));
    this.#lastRun = run.catch(() => undefined);
    return run;
  }

  /**
   * The synchronous version of `run`, for a model that runs on the calling thread.
   *
   * @throws {InvalidInputError} when these are not images of the model's input shape, or a float is not from 0 to 1
   * @throws {InklingError} when the outputs are not finite numbers, or the model was closed
   */
  runSync(images: Float32Array | Uint8Array): ModelOutputs {
    const engine = this.#engine;
    if (!(engine instanceof InlineEngine))
      throw new Error('runSync: expected a model that runs on the calling thread');
    const count = this.#countOf(images);
    const readings = this.#readingsFor(count);
    for (let first = 0; first < count; first += this.maxBatchSize) {
      const batch = this.#writeBatch(images, first, count);
      engine.runSync(this.#plan.main, { ...ONE_BATCH, count: batch });
      for (const { tensor, itemSize, values } of readings) {
        values.set(engine.tensors.floats(tensor).subarray(0, batch * itemSize), first * itemSize);
      }
    }
    return this.#outputsOf(readings);
  }

  /** Closes the engine; runs in progress are rejected. */
  async close(): Promise<void> {
    await this.#engine.close();
  }

  async #runBatches(
    images: Float32Array | Uint8Array,
    count: number,
    signal: AbortSignal | undefined,
  ): Promise<ModelOutputs> {
    const readings = this.#readingsFor(count);
    for (let first = 0; first < count; first += this.maxBatchSize) {
      signal?.throwIfAborted();
      const batch = this.#writeBatch(images, first, count);
      await this.#engine.run(this.#plan.main, [{ ...ONE_BATCH, count: batch }]);
      for (const { tensor, itemSize, values } of readings) {
        values.set(await this.#engine.read(tensor, 'f32', batch * itemSize), first * itemSize);
      }
    }
    return this.#outputsOf(readings);
  }

  #countOf(images: Float32Array | Uint8Array): number {
    return checkImages(images, this.#plan.input.shape, this.saved.model.name, this.#takesFeatures);
  }

  /** Writes the images of one batch; returns their number. */
  #writeBatch(images: Float32Array | Uint8Array, first: number, count: number): number {
    const { input } = this.#plan;
    const size = sizeOf(input.shape);
    const batch = Math.min(this.maxBatchSize, count - first);
    const values = images.subarray(first * size, (first + batch) * size);
    this.#engine.write(input, values instanceof Uint8Array ? toUnitFloats(values) : values);
    return batch;
  }

  #readingsFor(count: number): readonly Reading[] {
    const { logits, probabilities, activations } = this.#plan;
    return [logits, probabilities, ...activations.values()].map((tensor) => {
      const itemSize = sizeOf(tensor.shape);
      return { tensor, itemSize, values: new Float32Array(count * itemSize) };
    });
  }

  #outputsOf([logits, probabilities, ...observed]: readonly Reading[]): ModelOutputs {
    if (!logits.values.every(Number.isFinite)) {
      throw new InklingError(
        `${this.saved.model.name}: expected finite outputs, got ${logits.values.find((value) => !Number.isFinite(value))}; its weights are too large or damaged: use another model`,
      );
    }
    const names = [...this.#plan.activations.keys()];
    const activations = observed.map(
      ({ tensor: { shape }, values }, i) => [names[i], { shape, values }] as const,
    );
    return {
      logits: logits.values,
      probabilities: probabilities.values,
      activations: new Map(activations),
    };
  }
}
