import { InklingError } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import type { Engine } from '../engine/engine.js';
import { teamOf } from '../engine/teamOf.js';
import { wasmKernels } from '../kernels/generated/wasmKernels.js';
import { writeWeights } from '../models/network.js';
import type { Weights } from '../models/weights.js';
import { MemoryError } from '../plan/arena.js';
import { assertAugmentable } from '../plan/assertAugmentable.js';
import { INERT_STEP, type Step } from '../plan/steps.js';
import type { Tensor } from '../plan/tensor.js';
import type { Scores } from '../predict/score.js';
import { assertFits } from './assertFits.js';
import { BatchLoader } from './batches/batchLoader.js';
import { batchesOf } from './batches/batches.js';
import { featureItems } from './batches/items.js';
import { planSession } from './plans/planSession.js';
import type { SessionOptions, SessionPlans } from './plans/sessionPlans.js';

/** The result of one training step. */
export interface StepResult {
  /** Mean loss of the batch. */
  readonly loss: number;
  readonly correct: number;
}

/** Scores with the outputs that they follow from. */
export interface ScoredLogits extends Scores {
  /** `[images, classes]` */
  readonly logits: Float32Array;
}

/**
 * One model in an engine and one data set, ready to train and to score. Images are identified by index: the training
 * images from 0, followed by the test images, for which there are no features.
 */
export class Session {
  readonly #engine: Engine;
  readonly #plans: SessionPlans;
  readonly #options: Pick<SessionOptions, 'dataset' | 'batchSize' | 'fixedLayers'>;
  /** Undefined until there are features, if it needs them. */
  #loader: BatchLoader | undefined;

  private constructor(engine: Engine, plans: SessionPlans, options: Omit<SessionOptions, 'threads'>) {
    this.#engine = engine;
    this.#plans = plans;
    this.#options = options;
    const { dataset, batchSize, fixedLayers = 0 } = options;
    if (fixedLayers === 0) this.#loader = new BatchLoader(engine, plans.source, dataset, batchSize);
  }

  /** @throws {InklingError} when model and data set do not fit together, or the memory cannot be allocated */
  static async start(options: SessionOptions): Promise<Session> {
    assertFits(options.model, options.dataset);
    if (options.augmentation) assertAugmentable(options.augmentation, options.dataset.shape);
    const session = await Session.#allocate(options);
    session.#writeClassWeights(options.loss?.classWeights);
    return session;
  }

  static async #allocate({
    dataset,
    threads,
    start = teamOf(threads, wasmKernels),
    ...options
  }: SessionOptions): Promise<Session> {
    const { batchSize } = options;
    try {
      const plans = await planSession(options);
      const engine = await start(plans.memoryBytes);
      return new Session(engine, plans, { dataset, ...options });
    } catch (error) {
      if (!(error instanceof MemoryError) || batchSize === 1) throw error;
      throw new InklingError(`${error.message}, or batches of fewer images than ${String(batchSize)}`);
    }
  }

  get threads(): number {
    return this.#engine.threads;
  }

  /** Which build of the kernels runs. */
  get simd(): Engine['simd'] {
    return this.#engine.simd;
  }

  /**
   * Sets what the fixed layers output for all views of the training images, which training and scoring then start with.
   *
   * @param features `[views, images, height, width, channels]`
   */
  setFeatures(features: Float32Array): void {
    const { dataset, batchSize } = this.#options;
    const { source } = this.#plans;
    const size = sizeOf(source.items.shape);
    const items = featureItems(features, size, batchSize, dataset.train.labels.length);
    this.#loader = new BatchLoader(this.#engine, source, dataset, batchSize, items);
  }

  get #loading(): BatchLoader {
    if (this.#loader === undefined) throw new Error('expected features before training and scoring');
    return this.#loader;
  }

  /** A copy of the weights that are scored, including running statistics: the averages, if there are any. */
  async weights(): Promise<Map<string, Float32Array>> {
    return this.#readAll(this.#plans.evalWeights.parameters);
  }

  /**
   * Sets the weights that are trained, and those that are scored.
   *
   * @throws {InklingError} when they do not fit the model
   */
  setWeights(weights: Weights): void {
    const { network, evalWeights } = this.#plans;
    writeWeights(this.#engine, network, weights);
    if (evalWeights !== network) writeWeights(this.#engine, evalWeights, weights);
  }

  /** A copy of everything that the next step depends on: parameters, averages and optimizer state. */
  async state(): Promise<Map<string, Float32Array>> {
    return this.#readAll(new Map(this.#stateTensors().map((tensor) => [tensor.name, tensor])));
  }

  /**
   * Restores the state of a session with the same options.
   *
   * @throws {InklingError} when the options of that session were different
   */
  setState(state: ReadonlyMap<string, Float32Array>): void {
    for (const tensor of this.#stateTensors()) {
      const [size, values] = [tensor.shape[0], state.get(tensor.name)];
      if (values?.length !== size) {
        throw new InklingError(
          `resume: ${tensor.name} has ${values?.length ?? 'no'} values, expected ${size}; ` +
            'resume with the same model and optimizer',
        );
      }
      this.#engine.write(tensor, values);
    }
  }

  /** All are one-dimensional. */
  #stateTensors(): readonly Tensor[] {
    const { network, evalWeights, training } = this.#plans;
    return [...new Set([network.all, evalWeights.all]), ...training.optimizerState];
  }

  /** The gradient of each trained parameter in the last training step. */
  async gradients(): Promise<Map<string, Float32Array>> {
    return this.#readAll(this.#plans.network.gradients);
  }

  /** Updates the running statistics by a forward pass of zeros; see `Model.probesWithZeros`. */
  async probe(): Promise<void> {
    const { probe, network, evalWeights } = this.#plans;
    await this.#engine.run(probe, [{ ...INERT_STEP, first: 0, count: 1 }]);
    if (evalWeights === network) return;
    this.#engine.write(evalWeights.all, await this.#engine.read(network.all, 'f32'));
  }

  /**
   * Sets the images that the next training steps take, in order.
   *
   * @param view of the images, if they have features: see `BatchItems.copy`
   */
  setOrder(indices: ArrayLike<number>, view = 0): void {
    this.#loading.setOrder(indices, view);
  }

  /**
   * How many steps can be started while others are in progress, once a step was trained: on a GPU, which need not wait until their losses are read.
   * On the processor, none.
   */
  get stepsAhead(): number {
    return this.#engine.isQueue ? this.#loading.longestRun : 0;
  }

  /** Trains on consecutive batches; `first` of a step is the position of its first image in the order. */
  async train(steps: readonly Step[]): Promise<StepResult[]> {
    const { plan, results } = this.#plans.training;
    const runs = await this.#loading.run(plan, steps, async (done) => {
      const numbers = await this.#engine.read(results, 'f64', 2 * done.length);
      return done.map((_, step) => ({ loss: numbers[2 * step], correct: numbers[2 * step + 1] }));
    });
    return runs.flat();
  }

  /** Scores images with the current weights, or their averages, if there are any. */
  async score(indices: Uint32Array): Promise<ScoredLogits> {
    this.setOrder(indices);
    const { prologue, main, losses, predictions, outputs } = this.#plans.scoring;
    await this.#engine.run(prologue, [{ ...INERT_STEP, first: 0, count: 1 }]);
    const steps = batchesOf(indices.length, main.batchSize).map((batch) => ({ ...INERT_STEP, ...batch }));
    const classes = outputs.shape[0] / losses.shape[0];
    const scores = {
      losses: new Float32Array(indices.length),
      predictions: new Int32Array(indices.length),
      logits: new Float32Array(indices.length * classes),
    };
    let scored = 0;
    await this.#loading.run(main, steps, async (done) => {
      const [batchLosses, batchPredictions, batchLogits] = await Promise.all([
        this.#engine.read(losses, 'f32'),
        this.#engine.read(predictions, 'i32'),
        this.#engine.read(outputs, 'f32'),
      ]);
      for (const { first, count } of done) {
        scores.losses.set(batchLosses.subarray(first, first + count), scored);
        scores.predictions.set(batchPredictions.subarray(first, first + count), scored);
        scores.logits.set(batchLogits.subarray(first * classes, (first + count) * classes), scored * classes);
        scored += count;
      }
    });
    return scores;
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }

  async #readAll(tensors: ReadonlyMap<string, Tensor>): Promise<Map<string, Float32Array>> {
    const values = new Map<string, Float32Array>();
    for (const [name, tensor] of tensors) values.set(name, await this.#engine.read(tensor, 'f32'));
    return values;
  }

  #writeClassWeights(weights: readonly number[] | undefined): void {
    const { classWeights } = this.#plans.training;
    if (classWeights === undefined) return;
    const equal = new Array<number>(classWeights.shape[0]).fill(1);
    this.#engine.write(classWeights, weights ?? equal);
  }
}
