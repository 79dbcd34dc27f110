import { concatenate } from '../core/arrays.js';
import { BusyError, ClosedError, messageOf } from '../core/errors.js';
import { teamOf } from '../engine/teamOf.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { DEFAULT_BATCH_SIZE } from '../models/batchSize.js';
import { checkImages } from './checkImages.js';
import { type Activations, CompiledModel, type ModelOutputs } from './compiledModel.js';

/** Maximum number of images per request, and per batch. */
export const MAX_REQUEST_IMAGES = DEFAULT_BATCH_SIZE;

/** The outputs for the images of a request. */
export type BatchOutputs = Pick<ModelOutputs, 'logits' | 'activations'>;

interface Request {
  readonly pixels: Float32Array;
  readonly images: number;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (outputs: BatchOutputs) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchPredictorOptions {
  /** Maximum number of waiting images. */
  readonly queueLimit: number;
  /** Names of layers whose outputs are returned as well. */
  readonly activations?: readonly string[];
  /** Called after each batch. */
  readonly onBatch?: (images: number) => void;
}

/**
 * A trained model on its own thread. Requests that arrive while a batch runs, or at the same time, form one batch; the
 * calling thread is never blocked.
 */
export class BatchPredictor {
  readonly #model: CompiledModel;
  readonly #options: BatchPredictorOptions;
  #queue: Request[] = [];
  #waiting = 0;
  #isRunning = false;
  #failure: Error | undefined;

  private constructor(model: CompiledModel, options: BatchPredictorOptions) {
    this.#model = model;
    this.#options = options;
  }

  /** @throws {InklingError} when the weights are not the model's */
  static async start(saved: SavedModel, options: BatchPredictorOptions): Promise<BatchPredictor> {
    return new BatchPredictor(
      await CompiledModel.create(saved, { engine: teamOf(1), activations: options.activations }),
      options,
    );
  }

  /** Number of images that wait or are being processed. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether it accepts requests: it was not closed, and its thread has not failed. */
  get isReady(): boolean {
    return this.#failure === undefined;
  }

  /**
   * Runs the model on a few images.
   *
   * @param pixels `[images, height, width, channels]`, at most `MAX_REQUEST_IMAGES` images, each from 0 to 1
   * @param signal when it aborts, a request that is still waiting is rejected with its reason
   * @throws {InvalidInputError} when these are not images of the model's input shape, or a pixel is not from 0 to 1
   * @throws {BusyError} when too many images wait
   * @throws {InklingError} when its thread failed, or it was closed
   */
  async run(pixels: Float32Array, signal?: AbortSignal): Promise<BatchOutputs> {
    const { input, name } = this.#model.saved.model;
    // A mistake that the model would find in a batch would fail the other requests in it as well.
    const images = checkImages(pixels, input, name);
    if (images > MAX_REQUEST_IMAGES) {
      throw new Error(`a request has 1 to ${MAX_REQUEST_IMAGES} images, not ${images}`);
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#waiting + images > this.#options.queueLimit) {
      throw new BusyError(`${this.#waiting} images are already waiting; try again later`);
    }
    this.#waiting += images;
    try {
      return await new Promise<BatchOutputs>((resolve, reject) => {
        this.#queue.push({ pixels, images, signal, resolve, reject });
        if (!this.#isRunning) void this.#work();
      });
    } finally {
      this.#waiting -= images;
    }
  }

  /** Terminates the thread; pending requests are rejected. */
  async close(): Promise<void> {
    this.#failure ??= new ClosedError('the model was closed');
    await this.#model.close();
  }

  /** Runs batches until no request is waiting. */
  async #work(): Promise<void> {
    this.#isRunning = true;
    while (this.#queue.length > 0) {
      // Requests that arrive in the same turn of the event loop join the batch.
      await new Promise((resolve) => setImmediate(resolve));
      await this.#runBatch(this.#nextBatch());
    }
    this.#isRunning = false;
  }

  #nextBatch(): Request[] {
    const batch: Request[] = [];
    let images = 0;
    for (const request of this.#queue) {
      if (images + request.images > MAX_REQUEST_IMAGES) break;
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
      const outputs = await this.#model.run(concatenate(batch.map(({ pixels }) => pixels)));
      this.#options.onBatch?.(count);
      let first = 0;
      for (const { images, resolve } of batch) {
        resolve(outputsOf(outputs, first, images, count));
        first += images;
      }
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(messageOf(error));
      for (const { reject } of batch) reject(error);
    }
  }
}

/** The outputs for some of the images of a batch. */
function outputsOf(
  { logits, activations }: BatchOutputs,
  first: number,
  images: number,
  all: number,
): BatchOutputs {
  const pick = (values: Float32Array) => {
    const size = values.length / all;
    return values.subarray(first * size, (first + images) * size);
  };
  const picked = [...activations].map(([layer, { shape, values }]): [string, Activations] => [
    layer,
    { shape, values: pick(values) },
  ]);
  return { logits: pick(logits), activations: new Map(picked) };
}
