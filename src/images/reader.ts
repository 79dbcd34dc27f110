import { InklingError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import { startWorker, type WorkerHandle } from '../platform/node.js';
import type { Reading } from './prepare.js';

const WORKER = new URL('./worker.js', import.meta.url);
/** A picture within the limits takes a second or two; one that was made to take long is given up. */
const TIME_LIMIT_MS = 10_000;

/** What the worker is asked. */
export interface ReadOrder {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly shape: Shape;
  readonly reading: Reading;
}

/** What it answers: images, or what is wrong with the picture; see `prepare`. */
export type ReadAnswer = { readonly images: Float32Array } | { readonly problem: string };

/**
 * Turns picture files into a model's images, one after the other, on a thread of its own: a file from outside can neither
 * block its owner nor take longer than a time limit.
 */
export class PictureReader {
  readonly #shape: Shape;
  readonly #timeLimitMs: number;
  #worker: WorkerHandle | undefined;
  #answer: ((answer: ReadAnswer) => void) | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @param shape of the model's images: `[height, width, channels]` */
  constructor(shape: Shape, timeLimitMs = TIME_LIMIT_MS) {
    this.#shape = shape;
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
      return this.#ask({ bytes, shape: this.#shape, reading });
    });
    this.#last = turn.catch(() => undefined);
    const answer = await turn.finally(() => (this.#waiting -= 1));
    if ('images' in answer) return answer.images;
    throw new InklingError(answer.problem);
  }

  /** Ends the thread; a picture under way is given up. */
  async close(): Promise<void> {
    this.#answer?.({ problem: 'the reader was closed' });
    await this.#stop();
  }

  async #ask(order: ReadOrder): Promise<ReadAnswer> {
    let timer: NodeJS.Timeout | undefined;
    const answer = await new Promise<ReadAnswer>((resolve) => {
      this.#answer = resolve;
      timer = setTimeout(() => {
        resolve({
          problem: `the picture takes longer than ${this.#timeLimitMs / 1000} s to read; make it simpler`,
        });
      }, this.#timeLimitMs);
      this.#worker ??= this.#start();
      this.#worker.post(order);
    });
    clearTimeout(timer);
    this.#answer = undefined;
    // A decoder that failed may keep memory, or work on still.
    if ('problem' in answer) await this.#stop();
    return answer;
  }

  #start(): WorkerHandle {
    return startWorker(WORKER, undefined, {
      // The worker is the same program: its messages have this type.
      onMessage: (message) => this.#answer?.(message as ReadAnswer),
      onFailure: () =>
        this.#answer?.({ problem: 'the picture is too large or too complex to read; make it smaller' }),
    });
  }

  async #stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
