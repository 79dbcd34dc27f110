import type { Dataset } from '../../data/dataset.js';
import type { Engine } from '../../engine/engine.js';
import type { Plan } from '../../plan/plan.js';
import type { Step } from '../../plan/steps.js';
import { type BatchItems, imageItems, locateImage } from './items.js';
import type { SourceTensors } from './source.js';

/**
 * Copies the images, or features, of each batch into the engine's memory, those of the next batches while the engine computes. Only these batches take
 * memory of the engine, however large the data set is.
 */
export class BatchLoader {
  readonly #engine: Engine;
  readonly #source: SourceTensors;
  readonly #dataset: Dataset;
  readonly #items: BatchItems;
  readonly #batchSize: number;
  readonly #labels: Int32Array;
  #order: ArrayLike<number> = [];
  #view = 0;
  /** The batch after those of the last run. */
  #next = 0;
  /** The batch after the last one that is loaded. */
  #loaded = 0;

  /** @param source memory for a whole number of batches, at least two */
  constructor(
    engine: Engine,
    source: SourceTensors,
    dataset: Dataset,
    batchSize: number,
    items: BatchItems = imageItems(dataset, batchSize),
  ) {
    this.#engine = engine;
    this.#source = source;
    this.#dataset = dataset;
    this.#items = items;
    this.#batchSize = batchSize;
    this.#labels = new Int32Array(batchSize);
  }

  /**
   * Sets the images that steps take: indices of training images, and of test images, which follow them.
   *
   * @param view see `BatchItems.copy`
   */
  setOrder(order: ArrayLike<number>, view = 0): void {
    this.#order = order;
    this.#view = view;
    this.#next = 0;
    this.#loaded = 0;
  }

  /** The largest number of steps of one run. */
  get longestRun(): number {
    return Math.floor(this.#source.items.count / this.#batchSize / 2);
  }

  /**
   * Runs a plan on consecutive batches of the order, in as many runs as the engine's memory requires.
   *
   * @param steps `first` is a position in the order
   * @param read reads what a run has computed; `first` of its steps is the index of the batch in the engine's memory
   * @returns what was read of each run
   */
  async run<Result>(
    plan: Plan,
    steps: readonly Step[],
    read: (done: readonly Step[]) => Promise<Result>,
  ): Promise<Result[]> {
    if (this.#engine.isQueue) await this.#engine.load(plan);
    const results: Result[] = [];
    const capacity = this.#source.items.count / this.#batchSize;
    for (let at = 0; at < steps.length; at += this.longestRun) {
      const part = steps.slice(at, at + this.longestRun);
      const begin = Math.floor(part[0].first / this.#batchSize);
      if (part.some(({ first }, index) => first !== (begin + index) * this.#batchSize)) {
        throw new Error('expected consecutive batches');
      }
      if (begin !== this.#next) this.#loaded = begin;
      this.#next = begin + part.length;
      this.#loadUntil(this.#next);
      const placed = part.map((step) => ({ ...step, first: step.first % this.#source.items.count }));
      const reading = this.#runAndRead(plan, placed, read);
      try {
        this.#loadUntil(begin + capacity);
      } finally {
        results.push(await reading);
      }
    }
    return results;
  }

  /** A queue is asked to read at once, before it is asked for another run. */
  async #runAndRead<Result>(
    plan: Plan,
    steps: readonly Step[],
    read: (done: readonly Step[]) => Promise<Result>,
  ): Promise<Result> {
    const run = this.#engine.run(plan, steps);
    if (!this.#engine.isQueue) await run;
    const [result] = await Promise.all([read(steps), run]);
    return result;
  }

  /** Loads the batches before the one at `end`, each over the oldest in memory. */
  #loadUntil(end: number): void {
    const { batch } = this.#items;
    const size = batch.length / this.#batchSize;
    for (; this.#loaded < end; this.#loaded++) {
      const first = this.#loaded * this.#batchSize;
      const count = Math.min(this.#batchSize, this.#order.length - first);
      if (count <= 0) return;
      for (let item = 0; item < count; item++) {
        const image = this.#order[first + item];
        const [{ labels }, index] = locateImage(this.#dataset, image);
        this.#items.copy(image, item, this.#view);
        this.#labels[item] = labels[index];
      }
      const address = first % this.#source.items.count;
      this.#engine.write(this.#source.items, batch.subarray(0, count * size), address * size);
      this.#engine.write(this.#source.labels, this.#labels.subarray(0, count), address);
    }
  }
}
