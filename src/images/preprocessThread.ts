import { type FileKind, identifyFile } from '../core/files/fileType.js';
import { type LargeImage, problemOfFailure } from './decodeErrors.js';
import { DecoderThread, largeImages } from './decoderThread.js';
import { LARGE_PIXELS, timeoutFactor } from './limits.js';
import type { PreprocessOptions } from './preprocess.js';
import type { PreprocessRequest, PreprocessResponse } from './preprocessRequest.js';

const WORKER = new URL('./preprocessWorker.js', import.meta.url);

/** A file is retried on a new thread if the machine failed. */
const MAX_ATTEMPTS = 2;
/** Formats that are decoded in JavaScript, which frees the memory of a failed attempt. */
const WITHOUT_LEAKS: readonly FileKind[] = ['gif', 'bmp'];
/** Decoders that failed this many times may have leaked memory, so that their thread is replaced. */
const MAX_FAILURES = 16;
/** The same for small images, of which decoders leak less. */
const MAX_QUICK_FAILURES = 128;
/** How often a successor decodes a sample while nobody waits for it: until most of its code is optimized. */
const WARM_UP_FILES = 8;
/**
 * What an attempt may use that must not delay other files for long: pixels and processor time in milliseconds. A thread that has just
 * started needs a multiple of the time of one whose code is optimized.
 */
const MAX_QUICK_PIXELS = 250_000;
const MAX_QUICK_MS = 300;

/** A vertical line of 64 × 64 pixels, as PNG. */
const SAMPLE =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAAAAACPAi4CAAAAQUlEQVR4nO3XMQoAIAwDwFT8/5f1By4dFLmuJQeFLK2V3oxmHvAEMM/rSpJjVe6fAAAAAAAAAAAAAF4FyuP5A7ABRAUDf6Nmpo4AAAAASUVORK5CYII=';

type Thread = DecoderThread<PreprocessRequest, PreprocessResponse>;

/** One of the threads of `ImagePreprocessor`. */
export class PreprocessThread {
  readonly #isBackground: boolean;
  readonly #timeoutMs: number;
  #thread: Thread;
  /** Replaces the thread before the next file. */
  #successor: Thread | undefined;
  #isReplacing = false;
  #isClosed = false;
  #failures = 0;
  isBusy = false;

  constructor(timeoutMs: number, isBackground: boolean) {
    this.#isBackground = isBackground;
    this.#timeoutMs = timeoutMs;
    this.#thread = this.#create();
  }

  /** Starts the thread and decodes a sample, so that the next file need not wait until everything is loaded and compiled. */
  async warmUp(options: PreprocessOptions): Promise<void> {
    this.isBusy = true;
    await this.#warmUp(this.#thread, options, 1);
    this.isBusy = false;
  }

  /** Ends the processing of a file, which fails. */
  async abandon(): Promise<void> {
    await this.#thread.stop();
  }

  /** Ends the thread for good; the file being processed fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#thread.stop(), this.#successor?.stop()]);
  }

  /** Processes a file; the time depends on its size. A large image waits for others of this process, and the thread's memory is freed. */
  async decode(request: PreprocessRequest): Promise<Exclude<PreprocessResponse, LargeImage>> {
    this.#succeed();
    const response = await this.#decode({ ...request, maxPixels: LARGE_PIXELS }, this.#timeoutMs);
    if (!isLarge(response)) return response;
    const { largePixels } = response;
    return largeImages.run(largePixels, async () => {
      const large = await this.#decode(request, timeoutFactor(largePixels) * this.#timeoutMs);
      await this.#thread.stop();
      if (isLarge(large)) throw new Error('an image is large that may have any size');
      return large;
    });
  }

  async #decode(request: PreprocessRequest, timeoutMs: number): Promise<PreprocessResponse> {
    for (let attempt = 1; ; attempt++) {
      if (this.#isClosed) return problemOfFailure({ failure: 'stopped' }, timeoutMs);
      const result = await this.#thread.request(request, { timeoutMs });
      const response = 'failure' in result ? problemOfFailure(result, timeoutMs) : result.response;
      await this.#recycle(request, response, MAX_FAILURES);
      // Not after a timeout, which the file may be crafted to cause.
      const mayRetry = !('failure' in result) || result.failure === 'crash';
      if (!isMachineFailure(response) || !mayRetry || attempt === MAX_ATTEMPTS) return response;
    }
  }

  /**
   * Processes a file if that takes little time.
   *
   * @returns `large` if it has too many pixels, or the machine failed; `slow` if it took too long
   */
  async decodeQuickly(
    request: PreprocessRequest,
  ): Promise<Exclude<PreprocessResponse, LargeImage> | 'large' | 'slow'> {
    this.#succeed();
    const result = await this.#thread.request(
      { ...request, maxPixels: MAX_QUICK_PIXELS },
      { timeoutMs: this.#timeoutMs, maxTime: () => MAX_QUICK_MS },
    );
    if ('failure' in result) {
      if (result.failure === 'stopped') return problemOfFailure(result, this.#timeoutMs);
      return result.failure === 'processorTime' ? 'slow' : 'large';
    }
    await this.#recycle(request, result.response, MAX_QUICK_FAILURES);
    const { response } = result;
    return isLarge(response) || isMachineFailure(response) ? 'large' : response;
  }

  /** Replaces the thread if its decoders may hold memory that they no longer use: at once if there is not enough, or else by a warm one. */
  async #recycle(
    { shape, inputKind, bytes }: PreprocessRequest,
    response: PreprocessResponse,
    maxFailures: number,
  ): Promise<void> {
    if (isLarge(response) || 'pixels' in response) return;
    if (response.isMachineFailure) {
      this.#failures = 0;
      await this.#thread.stop();
      return;
    }
    if (WITHOUT_LEAKS.includes(identifyFile(bytes).kind)) return;
    this.#failures += 1;
    if (this.#failures >= maxFailures && !this.#isReplacing) {
      void this.#prepareSuccessor({ shape, inputKind, content: 'single' });
    }
  }

  async #prepareSuccessor(options: PreprocessOptions): Promise<void> {
    this.#isReplacing = true;
    const successor = this.#create();
    await this.#warmUp(successor, options, WARM_UP_FILES);
    if (this.#isClosed) await successor.stop();
    else this.#successor = successor;
  }

  /** Lets a thread that is ready replace the present one. */
  #succeed(): void {
    if (this.#successor === undefined) return;
    const predecessor = this.#thread;
    this.#thread = this.#successor;
    this.#successor = undefined;
    this.#isReplacing = false;
    this.#failures = 0;
    void predecessor.stop();
  }

  async #warmUp(thread: Thread, options: PreprocessOptions, files: number): Promise<void> {
    const sample = Uint8Array.from(Buffer.from(SAMPLE, 'base64'));
    for (let file = 0; file < files && !this.#isClosed; file++) {
      const limits = { timeoutMs: this.#timeoutMs };
      const result = await thread.request({ bytes: sample.slice(), ...options }, limits);
      if ('failure' in result) return;
    }
  }

  #create(): Thread {
    return new DecoderThread(WORKER, { isBackground: this.#isBackground });
  }
}

function isMachineFailure(response: PreprocessResponse): boolean {
  return 'problem' in response && response.isMachineFailure;
}

function isLarge(response: PreprocessResponse): response is LargeImage {
  return 'largePixels' in response;
}
