import type { Step } from '../../plan/steps.js';
import type { TrainingEvent } from '../events.js';
import type { StepResult } from '../session.js';
import { diverged } from './diverged.js';

/** An epoch, of a number of epochs, with its steps and training images. */
interface EpochSize {
  readonly epoch: number;
  readonly epochs: number;
  readonly steps: number;
  readonly images: number;
}

/** What the steps of an epoch have computed until now, and in which time. */
export class EpochProgress {
  readonly #size: EpochSize;
  readonly #onEvent: (event: TrainingEvent) => void;
  /** When it began, without the time during which it was held. */
  #started = performance.now();
  /** When the last group of steps was done. */
  #lastDone = this.#started;
  #done = 0;
  #seen = 0;
  #correctSum = 0;
  #lossSum = 0;

  constructor(size: EpochSize, onEvent: (event: TrainingEvent) => void) {
    this.#size = size;
    this.#onEvent = onEvent;
  }

  /** Does not count time during which training was held. */
  exclude(milliseconds: number): void {
    this.#started += milliseconds;
  }

  /**
   * Adds the next steps, which have begun.
   *
   * @returns how many milliseconds each took
   * @throws {DivergedError} when a loss is infinite or NaN
   */
  async add(steps: readonly Step[], training: Promise<readonly StepResult[]>): Promise<number> {
    const begun = performance.now();
    const results = await training;
    const milliseconds = performance.now() - Math.max(begun, this.#lastDone);
    this.#lastDone = performance.now();
    results.forEach(({ loss, correct }, offset) => {
      const { count, learningRate } = steps[offset];
      if (!Number.isFinite(loss)) {
        const { epoch, steps: all } = this.#size;
        throw diverged(loss, `at step ${this.#done + offset + 1} of ${all} of epoch ${epoch}`, learningRate);
      }
      this.#seen += count;
      this.#correctSum += correct;
      this.#lossSum += loss * count;
    });
    this.#done += steps.length;
    this.#report();
    return milliseconds / steps.length;
  }

  /** Of the whole epoch. */
  get result(): { loss: number; accuracy: number; seconds: number } {
    const { images } = this.#size;
    return {
      loss: this.#lossSum / images,
      accuracy: this.#correctSum / images,
      seconds: (performance.now() - this.#started) / 1000,
    };
  }

  #report(): void {
    const { epoch, epochs, steps, images } = this.#size;
    const imagesPerSecond = (this.#seen * 1000) / (performance.now() - this.#started);
    this.#onEvent({
      type: 'progress',
      epoch,
      epochs,
      step: this.#done,
      steps,
      trainLoss: this.#lossSum / this.#seen,
      imagesPerSecond,
      secondsLeft: ((epochs - epoch + 1) * images - this.#seen) / imagesPerSecond,
    });
  }
}
