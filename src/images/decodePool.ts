import type { Shape } from '../core/shape.js';
import type { Size } from './decodedImage.js';
import { DecoderThread, describeFailure } from './decoderThread.js';
import type { ImageFile } from './imageFile.js';
import type { InputKind } from './inputKind.js';
import { MAX_DECODE_MS } from './limits.js';

const WORKER = new URL('./decodePoolWorker.js', import.meta.url);
/** A request holds at most this many files, and no further file once they have this many bytes. */
const MAX_REQUEST_FILES = 64;
const MAX_REQUEST_BYTES = 4_000_000;
/** What each file after the first adds to the timeout of a request. */
const TIMEOUT_PER_FILE_MS = 1000;

/** From the pool to a worker: make images of this shape and kind or, without a shape, read their sizes. */
export interface PoolRequest {
  readonly files: readonly ImageFile[];
  readonly shape?: Shape;
  readonly inputKind?: InputKind;
}

/** What is wrong with a file. */
export interface DecodeProblem {
  readonly problem: string;
}

/** An image `[height, width, channels]`, from 0 to 255. */
export interface ResizedImage {
  readonly pixels: Uint8Array;
}

/** What a worker responds for each file. */
export type PoolResult = Size | ResizedImage | DecodeProblem;

export interface PoolOptions {
  readonly threads: number;
  /** Stops the work and rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
}

interface Chunk {
  readonly first: number;
  readonly files: readonly ImageFile[];
}

/** Decodes many image files on several threads. A file that crashes its thread does not affect the others. */
export class DecodePool {
  readonly #threads: readonly DecoderThread<PoolRequest, readonly PoolResult[]>[];
  readonly #signal: AbortSignal | undefined;
  readonly #timeoutMs: number;

  constructor({ threads, signal, timeoutMs = MAX_DECODE_MS }: PoolOptions) {
    this.#threads = Array.from({ length: threads }, () => new DecoderThread(WORKER));
    this.#signal = signal;
    this.#timeoutMs = timeoutMs;
  }

  /** Reads the size of each image; `onResult` is called in no particular order. */
  async measure(
    files: readonly ImageFile[],
    onResult: (file: number, result: Size | DecodeProblem) => void,
  ): Promise<void> {
    // Without a shape, workers respond with sizes.
    await this.#run(files, {}, onResult as (file: number, result: PoolResult) => void);
  }

  /**
   * Decodes each image and resizes it with `centerCropResize`, or normalizes the drawing on it if there is one and the kind is
   * `digit`; `onResult` is called in no particular order.
   *
   * @param shape `[height, width, channels]`, with 1 or 3 channels
   */
  async resize(
    files: readonly ImageFile[],
    shape: Shape,
    onResult: (file: number, result: ResizedImage | DecodeProblem) => void,
    inputKind: InputKind = 'image',
  ): Promise<void> {
    await this.#run(files, { shape, inputKind }, onResult as (file: number, result: PoolResult) => void);
  }

  /** Ends the threads; pending work is abandoned. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }

  async #run(
    files: readonly ImageFile[],
    output: Omit<PoolRequest, 'files'>,
    onResult: (file: number, result: PoolResult) => void,
  ): Promise<void> {
    const chunks = chunksOf(files);
    const work = async (thread: DecoderThread<PoolRequest, readonly PoolResult[]>) => {
      for (let chunk = chunks.pop(); chunk !== undefined; chunk = chunks.pop()) {
        this.#signal?.throwIfAborted();
        const { first, files: some } = chunk;
        const timeoutMs = this.#timeoutMs + (some.length - 1) * TIMEOUT_PER_FILE_MS;
        const result = await thread.request({ files: some, ...output }, timeoutMs);
        if ('response' in result) {
          result.response.forEach((each, index) => {
            onResult(first + index, each);
          });
          // Decoders that failed may leak memory.
          if (result.response.some((each) => 'problem' in each)) await thread.stop();
        } else if (result.failure === 'stopped') return;
        else if (some.length === 1) onResult(first, { problem: describeFailure(result.failure, timeoutMs) });
        // One of the files is to blame: try each of them alone.
        else chunks.push(...some.map((file, index) => ({ first: first + index, files: [file] })));
      }
    };
    await Promise.all(this.#threads.map(work));
    this.#signal?.throwIfAborted();
  }
}

/** Runs of consecutive files, the last run first. */
function chunksOf(files: readonly ImageFile[]): Chunk[] {
  const chunks: Chunk[] = [];
  let first = 0;
  let bytes = 0;
  files.forEach((file, index) => {
    bytes += file.bytes;
    if (index + 1 - first < MAX_REQUEST_FILES && bytes < MAX_REQUEST_BYTES && index + 1 < files.length)
      return;
    chunks.push({ first, files: files.slice(first, index + 1) });
    first = index + 1;
    bytes = 0;
  });
  return chunks.reverse();
}
