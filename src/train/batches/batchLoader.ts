import { type Shape, sizeOf } from '../../core/shape.js';
import type { Dataset } from '../../data/dataset.js';
import { copyImage } from '../../data/imageSet.js';
import type { Engine } from '../../engine/engine.js';
import type { Plan } from '../../plan/plan.js';
import { MAX_STEPS, type Step } from '../../plan/steps.js';
import type { SourceTensors } from './source.js';

/** The engine's memory for images of batches, unless two batches take more. */
const MAX_BYTES = 2 ** 23;

/** How many batches the engine's memory holds: at least one that is read and one that is loaded meanwhile. */
export function loadedBatches(shape: Shape, batchSize: number): number {
  return Math.max(2, Math.min(MAX_STEPS, Math.floor(MAX_BYTES / (batchSize * sizeOf(shape)))));
}

/** A batch in the engine's memory. */
interface LoadedBatch {
  /** The position in the order of its first image. */
  readonly first: number;
  readonly count: number;
  /** Where it is: the index of its first image there. */
  readonly address: number;
}

/**
 * Copies the images of each batch into the engine's memory, those of the next batches while the engine computes. Only these batches take
 * memory of the engine, however large the data set is.
 */
export class BatchLoader {
  readonly #engine: Engine;
  readonly #source: SourceTensors;
  readonly #dataset: Dataset;
  readonly #batchSize: number;
  /** A batch, to be copied into the engine's memory at once. */
  readonly #images: Uint8Array;
  readonly #labels: Uint8Array;
  #order: ArrayLike<number> = [];
  /** Batches that are loaded ahead, in the order in which they are expected. */
  #ahead: LoadedBatch[] = [];
  /** Where the next batch is loaded: the index of its first image in the engine's memory. */
  #next = 0;

  /** @param source memory for a whole number of batches, at least two */
  constructor(engine: Engine, source: SourceTensors, dataset: Dataset, batchSize: number) {
    this.#engine = engine;
    this.#source = source;
    this.#dataset = dataset;
    this.#batchSize = batchSize;
    this.#images = new Uint8Array(batchSize * sizeOf(dataset.shape));
    this.#labels = new Uint8Array(batchSize);
  }

  /** Sets the images that steps take: indices of training images, and of test images, which follow them. */
  setOrder(order: ArrayLike<number>): void {
    this.#order = order;
    this.#discardAhead();
  }

  /**
   * Runs a plan on batches of the order, in as many runs as the engine's memory requires.
   *
   * @param steps `first` is a position in the order
   * @returns after each run, its steps with `first` as the index of the batch in the engine's memory
   */
  async *run(plan: Plan, steps: readonly Step[]): AsyncGenerator<readonly Step[]> {
    const longest = Math.floor(this.#capacity / 2);
    for (let at = 0; at < steps.length; at += longest) {
      const part = steps.slice(at, at + longest);
      const loaded = part.map((step) => ({ ...step, first: this.#take(step) }));
      const run = this.#engine.run(plan, loaded);
      const load = Promise.resolve().then(() => {
        this.#loadAhead(part);
      });
      await Promise.all([run, load]);
      yield loaded;
    }
  }

  /** How many batches the engine's memory holds. */
  get #capacity(): number {
    return this.#source.images.count / this.#batchSize;
  }

  /** The address of a step's batch, which is loaded now if it was not loaded ahead. */
  #take({ first, count }: Step): number {
    const next = this.#ahead.at(0);
    if (next?.first !== first || next.count !== count) this.#discardAhead();
    return (this.#ahead.shift() ?? this.#load(first, count)).address;
  }

  /** Makes room for other batches than those that were expected. */
  #discardAhead(): void {
    this.#next = this.#ahead.at(0)?.address ?? this.#next;
    this.#ahead = [];
  }

  /** Loads the batches that follow those of a run into the rest of the memory. */
  #loadAhead(steps: readonly Step[]): void {
    let { first, count } = this.#ahead.at(-1) ?? steps[steps.length - 1];
    while (steps.length + this.#ahead.length < this.#capacity) {
      first += count;
      count = Math.min(this.#batchSize, this.#order.length - first);
      if (count <= 0) return;
      this.#ahead.push(this.#load(first, count));
    }
  }

  #load(first: number, count: number): LoadedBatch {
    const { train, test, shape } = this.#dataset;
    const bytes = sizeOf(shape);
    const address = this.#next;
    this.#next = (address + this.#batchSize) % this.#source.images.count;
    for (let item = 0; item < count; item++) {
      const index = this.#order[first + item];
      const [set, image] = index < train.labels.length ? [train, index] : [test, index - train.labels.length];
      copyImage(set.images, bytes, image, this.#images, item);
      this.#labels[item] = set.labels[image];
    }
    this.#engine.write(this.#source.images, this.#images.subarray(0, count * bytes), address * bytes);
    this.#engine.write(this.#source.labels, this.#labels.subarray(0, count), address);
    return { first, count, address };
  }
}
