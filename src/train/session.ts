import { InklingError } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import type { Engine } from '../engine/engine.js';
import { teamOf } from '../engine/team.js';
import { wasmKernels } from '../kernels/generated/wasmKernels.js';
import { writeWeights } from '../models/network.js';
import type { Weights } from '../models/weights.js';
import { MemoryError } from '../plan/arena.js';
import { assertAugmentable } from '../plan/assertAugmentable.js';
import { INERT_STEP, MAX_STEPS, type Step } from '../plan/steps.js';
import type { Tensor } from '../plan/tensor.js';
import type { Scores } from '../predict/score.js';
import { assertFits } from './assertFits.js';
import { batchesOf } from './batches.js';
import { makeSessionPlans, type SessionOptions, type SessionPlans } from './sessionPlans.js';

/** The result of one training step. */
export interface StepResult {
  /** Mean loss of the batch. */
  readonly loss: number;
  readonly correct: number;
}

/**
 * One model and one data set in an engine, ready to train and to score. Images are identified by index: the training
 * images from 0, followed by the test images.
 */
export class Session {
  readonly #engine: Engine;
  readonly #plans: SessionPlans;

  private constructor(engine: Engine, plans: SessionPlans) {
    this.#engine = engine;
    this.#plans = plans;
  }

  /** @throws {InklingError} when model and data set do not fit together, or the memory cannot be allocated */
  static async start(options: SessionOptions): Promise<Session> {
    assertFits(options.model, options.dataset);
    if (options.augmentation) assertAugmentable(options.augmentation, options.dataset.shape);
    const session = await Session.#allocate(options);
    session.#writeImages(options.dataset);
    session.#writeClassWeights(options.loss?.classWeights);
    return session;
  }

  static async #allocate(options: SessionOptions): Promise<Session> {
    const { batchSize, threads } = options;
    try {
      const plans = makeSessionPlans(options);
      return new Session(await teamOf(threads, wasmKernels)(plans.arena.bytes), plans);
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

  /** Sets the images that the next training steps take, in order. */
  setOrder(indices: ArrayLike<number>): void {
    this.#engine.write(this.#plans.source.order, indices);
  }

  /** Trains on consecutive batches of the order, at most `MAX_STEPS` of them. */
  async train(steps: readonly Step[]): Promise<StepResult[]> {
    const { plan, results } = this.#plans.training;
    await this.#engine.run(plan, steps);
    const numbers = await this.#engine.read(results, 'f64', 2 * steps.length);
    return steps.map((_, step) => ({ loss: numbers[2 * step], correct: numbers[2 * step + 1] }));
  }

  /** Scores images with the current weights, or their averages, if there are any. */
  async score(indices: Uint32Array): Promise<Scores> {
    this.setOrder(indices);
    const { prologue, main, losses, predictions } = this.#plans.scoring;
    await this.#engine.run(prologue, [{ ...INERT_STEP, first: 0, count: 1 }]);
    const steps = batchesOf(indices.length, main.batchSize).map((batch) => ({ ...INERT_STEP, ...batch }));
    for (let at = 0; at < steps.length; at += MAX_STEPS) {
      await this.#engine.run(main, steps.slice(at, at + MAX_STEPS));
    }
    return {
      losses: await this.#engine.read(losses, 'f32', indices.length),
      predictions: await this.#engine.read(predictions, 'i32', indices.length),
    };
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

  #writeImages({ train, test }: Dataset): void {
    const { images, labels } = this.#plans.source;
    this.#engine.write(images, train.images);
    this.#engine.write(images, test.images, train.images.length);
    this.#engine.write(labels, train.labels);
    this.#engine.write(labels, test.labels, train.labels.length);
  }
}
