import type { Shape } from '../core/shape.js';
import { PICTURE_TIME_LIMIT_MS } from './limits.js';
import type { Size } from './picture.js';
import type { PictureFile } from './pictureFile.js';
import { PictureThread, problemOf } from './thread.js';

const WORKER = new URL('./poolWorker.js', import.meta.url);
/** Files of one order, at most, and their bytes from which on it takes no more. */
const ORDER_FILES = 64;
const ORDER_BYTES = 4_000_000;
/** What each file of an order adds to the time that it may take. */
const FILE_TIME_MS = 1000;

/** What a thread is asked: to make images of this shape, or without one to measure the pictures. */
export interface PoolOrder {
  readonly files: readonly PictureFile[];
  readonly shape?: Shape;
}

/** Why a file gave no picture. */
export interface Unreadable {
  readonly problem: string;
}

/** An image `[height, width, channels]`, from 0 to 255. */
export interface FittedPicture {
  readonly pixels: Uint8Array;
}

/** What a thread answers for each file. */
export type PoolResult = Size | FittedPicture | Unreadable;

export interface PoolOptions {
  readonly threads: number;
  /** Stops the work; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly timeLimitMs?: number;
}

interface Chunk {
  readonly first: number;
  readonly files: readonly PictureFile[];
}

/** Reads many picture files on several threads at once. A file that brings a thread down costs the others nothing. */
export class PicturePool {
  readonly #threads: readonly PictureThread<PoolOrder, readonly PoolResult[]>[];
  readonly #signal: AbortSignal | undefined;
  readonly #timeLimitMs: number;

  constructor({ threads, signal, timeLimitMs = PICTURE_TIME_LIMIT_MS }: PoolOptions) {
    this.#threads = Array.from({ length: threads }, () => new PictureThread(WORKER));
    this.#signal = signal;
    this.#timeLimitMs = timeLimitMs;
  }

  /** How large each picture is; `onResult` hears of them in any order. */
  async measure(
    files: readonly PictureFile[],
    onResult: (file: number, result: Size | Unreadable) => void,
  ): Promise<void> {
    // Without a shape, the answers are sizes.
    await this.#run(files, undefined, onResult as (file: number, result: PoolResult) => void);
  }

  /**
   * Each picture as an image, as `fitWhole` makes it; `onResult` hears of them in any order.
   *
   * @param shape `[height, width, channels]`, of 1 or 3 channels
   */
  async fit(
    files: readonly PictureFile[],
    shape: Shape,
    onResult: (file: number, result: FittedPicture | Unreadable) => void,
  ): Promise<void> {
    await this.#run(files, shape, onResult as (file: number, result: PoolResult) => void);
  }

  /** Ends the threads; what is under way is given up. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }

  async #run(
    files: readonly PictureFile[],
    shape: Shape | undefined,
    onResult: (file: number, result: PoolResult) => void,
  ): Promise<void> {
    const chunks = chunksOf(files);
    const work = async (thread: PictureThread<PoolOrder, readonly PoolResult[]>) => {
      for (let chunk = chunks.pop(); chunk !== undefined; chunk = chunks.pop()) {
        this.#signal?.throwIfAborted();
        const { first, files: few } = chunk;
        const timeLimitMs = this.#timeLimitMs + (few.length - 1) * FILE_TIME_MS;
        const answered = await thread.ask({ files: few, ...(shape && { shape }) }, timeLimitMs);
        if ('answer' in answered) {
          answered.answer.forEach((result, place) => {
            onResult(first + place, result);
          });
          // Decoders that failed may keep memory.
          if (answered.answer.some((result) => 'problem' in result)) await thread.stop();
        } else if (answered.failure === 'stopped') return;
        else if (few.length === 1) onResult(first, { problem: problemOf(answered.failure, timeLimitMs) });
        // One of them is to blame: each is tried alone.
        else chunks.push(...few.map((file, place) => ({ first: first + place, files: [file] })));
      }
    };
    await Promise.all(this.#threads.map(work));
    this.#signal?.throwIfAborted();
  }
}

/** Runs of files, the first one last. */
function chunksOf(files: readonly PictureFile[]): Chunk[] {
  const chunks: Chunk[] = [];
  let first = 0;
  let bytes = 0;
  files.forEach((file, at) => {
    bytes += file.bytes;
    if (at + 1 - first < ORDER_FILES && bytes < ORDER_BYTES && at + 1 < files.length) return;
    chunks.push({ first, files: files.slice(first, at + 1) });
    first = at + 1;
    bytes = 0;
  });
  return chunks.reverse();
}
