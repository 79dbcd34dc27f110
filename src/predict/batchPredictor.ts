import { InklingError, messageOf } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import { Team } from '../engine/team.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { allocateNetwork, fillWeights } from '../models/network.js';
import { type PredictionPlan, predictionPlan } from '../models/plans.js';
import { resolveModel } from '../models/resolve.js';
import { Arena } from '../plan/arena.js';
import { INERT_STEP } from '../plan/steps.js';

/** Images that one run takes, and so the most that a request may have. */
export const BATCH_LIMIT = 64;

const ONE_BATCH = { ...INERT_STEP, first: 0 };

/** More images wait than are worth to wait for. */
export class BusyError extends InklingError {
  override name = 'BusyError';
}

interface Request {
  readonly pixels: Float32Array;
  readonly images: number;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (logits: Float32Array) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchPredictorOptions {
  /** How many images may wait. */
  readonly queueLimit: number;
  /** Hears of each batch that was run. */
  readonly onBatch?: (images: number) => void;
}

/**
 * A trained network on a thread of its own. Requests that come while it works, or at the same moment, are run together;
 * the thread that asks is never held up.
 */
export class BatchPredictor {
  readonly #saved: SavedModel;
  readonly #team: Team;
  readonly #prediction: PredictionPlan;
  readonly #options: BatchPredictorOptions;
  #queue: Request[] = [];
  #waiting = 0;
  #isRunning = false;
  #failure: Error | undefined;

  private constructor(
    saved: SavedModel,
    team: Team,
    prediction: PredictionPlan,
    options: BatchPredictorOptions,
  ) {
    this.#saved = saved;
    this.#team = team;
    this.#prediction = prediction;
    this.#options = options;
  }

  /** @throws {InklingError} when the weights are not the model's */
  static async start(saved: SavedModel, options: BatchPredictorOptions): Promise<BatchPredictor> {
    const arena = new Arena();
    const resolved = resolveModel(saved.model);
    const network = allocateNetwork(arena, resolved);
    const prediction = predictionPlan(arena, resolved, network, BATCH_LIMIT);
    const team = await Team.start(1, arena.bytes);
    fillWeights(team.tensors, network, saved.weights);
    return new BatchPredictor(saved, team, prediction, options);
  }

  /** How many images wait or are being worked on. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether it can be asked: it was not closed, and its thread has not failed. */
  get isReady(): boolean {
    return this.#failure === undefined;
  }

  /**
   * What the network gives for a few images, before softmax turns it into probabilities.
   *
   * @param pixels `[images, height, width, channels]`, at most `BATCH_LIMIT` images, each from 0 to 1
   * @param signal when it aborts, the images are left out if they still wait
   * @returns `[images, classes]`
   * @throws {BusyError} when too many images wait
   * @throws {InklingError} when its thread failed, or it was closed
   */
  async logits(pixels: Float32Array, signal?: AbortSignal): Promise<Float32Array> {
    const images = pixels.length / sizeOf(this.#saved.model.input);
    if (!Number.isInteger(images) || images < 1 || images > BATCH_LIMIT) {
      throw new Error(`a request has 1 to ${BATCH_LIMIT} images, not ${images}`);
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#waiting + images > this.#options.queueLimit) {
      throw new BusyError(`${this.#waiting} images wait already; ask again later`);
    }
    this.#waiting += images;
    try {
      return await new Promise<Float32Array>((resolve, reject) => {
        this.#queue.push({ pixels, images, signal, resolve, reject });
        if (!this.#isRunning) void this.#work();
      });
    } finally {
      this.#waiting -= images;
    }
  }

  /** Ends the thread; requests under way are rejected. */
  async close(): Promise<void> {
    this.#failure ??= new InklingError('the network was closed');
    await this.#team.close();
  }

  /** Runs batches until nobody waits. */
  async #work(): Promise<void> {
    this.#isRunning = true;
    while (this.#queue.length > 0) {
      // What arrives in the same turn of the event loop comes along.
      await new Promise((resolve) => setImmediate(resolve));
      await this.#runBatch(this.#nextBatch());
    }
    this.#isRunning = false;
  }

  #nextBatch(): Request[] {
    const batch: Request[] = [];
    let images = 0;
    for (const request of this.#queue) {
      if (images + request.images > BATCH_LIMIT) break;
      images += request.images;
      batch.push(request);
    }
    this.#queue = this.#queue.slice(batch.length);
    const isWanted = ({ signal }: Request) => signal?.aborted !== true;
    for (const { signal, reject } of batch.filter((request) => !isWanted(request))) reject(signal?.reason);
    return batch.filter(isWanted);
  }

  async #runBatch(batch: readonly Request[]): Promise<void> {
    const count = batch.reduce((sum, { images }) => sum + images, 0);
    if (count === 0) return;
    try {
      const answers = await this.#run(batch, count);
      this.#options.onBatch?.(count);
      let first = 0;
      for (const { images, resolve } of batch) {
        resolve(answers.slice(first, first + images * this.#saved.classes.length));
        first += images * this.#saved.classes.length;
      }
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(messageOf(error));
      for (const { reject } of batch) reject(error);
    }
  }

  async #run(batch: readonly Request[], count: number): Promise<Float32Array> {
    const { tensors } = this.#team;
    const input = tensors.floats(this.#prediction.pixels);
    let first = 0;
    for (const { pixels } of batch) {
      input.set(pixels, first);
      first += pixels.length;
    }
    await this.#team.run(this.#prediction.plan, [{ ...ONE_BATCH, count }]);
    return tensors.floats(this.#prediction.logits);
  }
}
