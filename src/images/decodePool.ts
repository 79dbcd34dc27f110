import { MachineError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import type { Size } from './decodedImage.js';
import { type DecodeProblem, type LargeImage, problemOfFailure } from './decodeErrors.js';
import { DecoderThread, largeImages, type ThreadFailure } from './decoderThread.js';
import type { ImageFile } from './imageFile.js';
import type { InputKind } from './inputKind.js';
import { LARGE_PIXELS, MAX_DECODE_MS, timeoutFactor } from './limits.js';

const WORKER = new URL('./decodePoolWorker.js', import.meta.url);
/** A request holds at most this many files, and no further file once they have this many bytes. */
const MAX_REQUEST_FILES = 64;
const MAX_REQUEST_BYTES = 4_000_000;
/** What each file after the first adds to the timeout of a request. */
const TIMEOUT_PER_FILE_MS = 1000;
/** The factor of the timeout of a file that is retried alone. */
const RETRY_TIMEOUT_FACTOR = 2;
/** If this many files fail alone and none was decoded, the machine cannot decode images at all. */
const MIN_FAILURES = 3;

/** From the pool to a worker: make images of this shape and kind or, without a shape, read their sizes. */
export interface PoolRequest {
  readonly files: readonly ImageFile[];
  readonly shape?: Shape;
  readonly inputKind?: InputKind;
  /** Of larger images, only the number of pixels is returned. */
  readonly maxPixels?: number;
}

/** An image `[height, width, channels]`, from 0 to 255. */
export interface ResizedImage {
  readonly pixels: Uint8Array;
  /** A note if only a part of the file was read, such as its first frame. */
  readonly note?: string;
}

/** What a worker responds for each file. */
export type PoolResult = Size | ResizedImage | DecodeProblem | LargeImage;

export interface PoolOptions {
  readonly threads: number;
  /** Stops the work and rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
}

type PoolOutput = Omit<PoolRequest, 'files' | 'maxPixels'>;
type PoolThread = DecoderThread<PoolRequest, readonly PoolResult[]>;

/** A file with a large image, by its index. */
interface LargeFile {
  readonly file: number;
  readonly pixels: number;
}

interface Chunk {
  readonly first: number;
  readonly files: readonly ImageFile[];
}

/**
 * Decodes many image files on several threads. A file that crashes its thread does not affect the others. If the machine fails,
 * for example for lack of memory, the affected files are retried one by one on a single thread.
 */
export class DecodePool {
  readonly #threads: readonly PoolThread[];
  readonly #signal: AbortSignal | undefined;
  readonly #timeoutMs: number;
  #isClosed = false;

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
   * Decodes each image and prepares it with `preprocessBytes`; `onResult` is called in no particular order.
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
    this.#isClosed = true;
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }

  async #run(
    files: readonly ImageFile[],
    output: PoolOutput,
    onResult: (file: number, result: PoolResult) => void,
  ): Promise<void> {
    const chunks = chunksOf(files);
    const failed: number[] = [];
    const large: LargeFile[] = [];
    let decodedFiles = 0;
    const report = (file: number, result: PoolResult) => {
      if (!('problem' in result)) decodedFiles += 1;
      onResult(file, result);
    };
    const work = async (thread: PoolThread) => {
      for (let chunk = chunks.pop(); chunk !== undefined; chunk = chunks.pop()) {
        const { first, files: some } = chunk;
        const request = { ...output, maxPixels: LARGE_PIXELS };
        const results = await this.#request(thread, some, request, this.#timeoutMs);
        if (results === 'stopped') return;
        if ('failure' in results) {
          if (some.length > 1) {
            // One of the files caused the failure: try each of them alone.
            chunks.push(...some.map((file, index) => ({ first: first + index, files: [file] })));
          } else if (results.failure === 'processorTime') {
            report(first, problemOfFailure(results, this.#timeoutMs));
          } else {
            failed.push(first);
          }
          continue;
        }
        results.forEach((result, index) => {
          if ('largePixels' in result) large.push({ file: first + index, pixels: result.largePixels });
          else if ('problem' in result && result.isMachineFailure) failed.push(first + index);
          else report(first + index, result);
        });
      }
    };
    await Promise.all(this.#threads.map(work));
    await this.#decodeLarge(large, files, output, (file, result) => {
      if ('problem' in result && result.isMachineFailure) failed.push(file);
      else report(file, result);
    });
    await this.#retry(failed, files, output, (file, result) => {
      report(file, result);
      return decodedFiles;
    });
    this.#signal?.throwIfAborted();
  }

  /** Decodes large images, as many at the same time as all of this process may be. */
  async #decodeLarge(
    large: LargeFile[],
    files: readonly ImageFile[],
    output: PoolOutput,
    onResult: (file: number, result: PoolResult) => void,
  ): Promise<void> {
    const work = async (thread: PoolThread) => {
      for (let next = large.shift(); next !== undefined; next = large.shift()) {
        const { file, pixels } = next;
        const timeoutMs = timeoutFactor(pixels) * this.#timeoutMs;
        const results = await largeImages.run(pixels, async () => {
          const response = await this.#request(thread, [files[file]], output, timeoutMs);
          // Decoders keep the memory that they have used.
          await thread.stop();
          return response;
        });
        if (results === 'stopped') return;
        onResult(file, 'failure' in results ? problemOfFailure(results, timeoutMs) : results[0]);
      }
    };
    await Promise.all(this.#threads.map(work));
  }

  /**
   * Retries files one by one on a single thread, which can use the memory of the others.
   *
   * @param onResult returns how many files were decoded
   * @throws {MachineError} when no file can be decoded
   */
  async #retry(
    failed: readonly number[],
    files: readonly ImageFile[],
    output: PoolOutput,
    onResult: (file: number, result: PoolResult) => number,
  ): Promise<void> {
    if (failed.length === 0) return;
    await Promise.all(this.#threads.map((thread) => thread.stop()));
    const [thread] = this.#threads;
    const timeoutMs = this.#timeoutMs * RETRY_TIMEOUT_FACTOR;
    let failures = 0;
    for (const index of failed) {
      const results = await this.#request(thread, [files[index]], output, timeoutMs);
      if (results === 'stopped') return;
      const result = 'failure' in results ? problemOfFailure(results, timeoutMs) : results[0];
      const decodedFiles = onResult(index, result);
      if (!('problem' in result) || !result.isMachineFailure) continue;
      failures += 1;
      if (decodedFiles === 0 && (failures >= MIN_FAILURES || failures === files.length)) {
        throw new MachineError(result.problem);
      }
    }
  }

  /** Whether it was closed, perhaps during a request. */
  #hasEnded(): boolean {
    return this.#isClosed;
  }

  /** The results of a request. */
  async #request(
    thread: PoolThread,
    files: readonly ImageFile[],
    output: Omit<PoolRequest, 'files'>,
    timeoutMs: number,
  ): Promise<readonly PoolResult[] | ThreadFailure | 'stopped'> {
    this.#signal?.throwIfAborted();
    if (this.#hasEnded()) return 'stopped';
    const limit = timeoutMs + (files.length - 1) * TIMEOUT_PER_FILE_MS;
    // Objects of classes cannot be sent.
    const sent = files.map(({ path, offset, bytes }) => ({ path, offset, bytes }));
    const result = await thread.request({ files: sent, ...output }, { timeoutMs: limit });
    if ('failure' in result) return result.failure === 'stopped' ? 'stopped' : result;
    // Decoders that failed may leak memory.
    if (result.response.some((each) => 'problem' in each)) await thread.stop();
    return this.#hasEnded() ? 'stopped' : result.response;
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
