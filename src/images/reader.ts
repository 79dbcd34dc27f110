import { InklingError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import { PICTURE_TIME_LIMIT_MS } from './limits.js';
import { type PictureFit, usualFitOf } from './pictureFit.js';
import type { Reading, Target } from './prepare.js';
import { PictureThread, problemOf } from './thread.js';

const WORKER = new URL('./worker.js', import.meta.url);

/** What the worker is asked. */
export interface ReadOrder extends Target {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What it answers: images, or what is wrong with the picture; see `prepare`. */
export type ReadAnswer = { readonly images: Float32Array } | { readonly problem: string };

/**
 * Turns picture files into a model's images, one after the other, on a thread of its own: a file from outside can neither
 * block its owner nor take longer than a time limit.
 */
export class PictureReader {
  readonly #thread = new PictureThread<ReadOrder, ReadAnswer>(WORKER);
  readonly #target: Omit<Target, 'reading'>;
  readonly #timeLimitMs: number;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /**
   * @param shape of the model's images: `[height, width, channels]`
   * @param fit how pictures become such images
   */
  constructor(shape: Shape, fit: PictureFit = usualFitOf(shape), timeLimitMs = PICTURE_TIME_LIMIT_MS) {
    this.#target = { shape, fit };
    this.#timeLimitMs = timeLimitMs;
  }

  /** How many pictures are being read, or wait for it. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * @param bytes of a PNG, JPEG, WebP, GIF or SVG file
   * @param signal when it aborts, the picture is left out if it still waits
   * @returns `[images, height, width, channels]`, from 0 to 1; one image, or one a digit of a number
   * @throws {InklingError} that says what is wrong with the picture
   */
  async read(
    bytes: Uint8Array<ArrayBuffer>,
    reading: Reading = 'single',
    signal?: AbortSignal,
  ): Promise<Float32Array> {
    this.#waiting += 1;
    const turn = this.#last.then(() => {
      signal?.throwIfAborted();
      return this.#ask({ bytes, reading, ...this.#target });
    });
    this.#last = turn.catch(() => undefined);
    const answer = await turn.finally(() => (this.#waiting -= 1));
    if ('images' in answer) return answer.images;
    throw new InklingError(answer.problem);
  }

  /** Ends the thread; a picture under way is given up. */
  async close(): Promise<void> {
    await this.#thread.stop();
  }

  async #ask(order: ReadOrder): Promise<ReadAnswer> {
    const answered = await this.#thread.ask(order, this.#timeLimitMs);
    if ('failure' in answered) return { problem: problemOf(answered.failure, this.#timeLimitMs) };
    // A decoder that failed may keep memory, or work on still.
    if ('problem' in answered.answer) await this.#thread.stop();
    return answered.answer;
  }
}
