import { problemOfFailure } from './decodeErrors.js';
import { DecoderThread } from './decoderThread.js';
import type { PreprocessOptions } from './preprocess.js';
import type { PreprocessRequest, PreprocessResponse } from './preprocessRequest.js';

const WORKER = new URL('./preprocessWorker.js', import.meta.url);

/** A file is retried on a new thread if the machine failed. */
const MAX_ATTEMPTS = 2;
/** Decoders that failed this many times may have leaked memory, so that their thread is replaced. */
const MAX_FAILURES = 16;
/**
 * What an attempt may use that must not delay other files for long: pixels and processor time in milliseconds. A thread that has just
 * started needs a multiple of the time of one whose code is optimized.
 */
const MAX_QUICK_PIXELS = 250_000;
const MAX_QUICK_MS = 300;

/** A vertical line of 64 × 64 pixels, as PNG. */
const SAMPLE =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAAAAACPAi4CAAAAQUlEQVR4nO3XMQoAIAwDwFT8/5f1By4dFLmuJQeFLK2V3oxmHvAEMM/rSpJjVe6fAAAAAAAAAAAAAF4FyuP5A7ABRAUDf6Nmpo4AAAAASUVORK5CYII=';

/** One of the threads of `ImagePreprocessor`. */
export class PreprocessThread {
  readonly #thread: DecoderThread<PreprocessRequest, PreprocessResponse>;
  readonly #timeoutMs: number;
  #failures = 0;
  isBusy = false;

  constructor(timeoutMs: number, isBackground: boolean) {
    this.#thread = new DecoderThread(WORKER, { isBackground });
    this.#timeoutMs = timeoutMs;
  }

  /** Starts the thread and decodes a sample, so that the next file need not wait until everything is loaded and compiled. */
  async warmUp(options: PreprocessOptions): Promise<void> {
    this.isBusy = true;
    const bytes = Uint8Array.from(Buffer.from(SAMPLE, 'base64'));
    await this.#thread.request({ bytes, ...options }, { timeoutMs: this.#timeoutMs });
    this.isBusy = false;
  }

  /** Ends the thread; the file being processed fails. */
  async stop(): Promise<void> {
    await this.#thread.stop();
  }

  /** Processes a file; the time depends on its size. */
  async decode(request: PreprocessRequest): Promise<PreprocessResponse> {
    for (let attempt = 1; ; attempt++) {
      const result = await this.#thread.request(request, { timeoutMs: this.#timeoutMs });
      const response = 'failure' in result ? problemOfFailure(result, this.#timeoutMs) : result.response;
      await this.#recycle(response);
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
  async decodeQuickly(request: PreprocessRequest): Promise<PreprocessResponse | 'slow'> {
    const result = await this.#thread.request(
      { ...request, maxPixels: MAX_QUICK_PIXELS },
      { timeoutMs: this.#timeoutMs, maxTime: () => MAX_QUICK_MS },
    );
    if ('failure' in result) {
      if (result.failure === 'stopped') return problemOfFailure(result, this.#timeoutMs);
      return result.failure === 'processorTime' ? 'slow' : 'large';
    }
    await this.#recycle(result.response);
    return isMachineFailure(result.response) ? 'large' : result.response;
  }

  /** Replaces the thread if its decoders may hold memory that they no longer use. */
  async #recycle(response: PreprocessResponse): Promise<void> {
    if (response === 'large' || 'pixels' in response) return;
    this.#failures += 1;
    if (!response.isMachineFailure && this.#failures < MAX_FAILURES) return;
    this.#failures = 0;
    await this.#thread.stop();
  }
}

function isMachineFailure(response: PreprocessResponse): boolean {
  return response !== 'large' && 'problem' in response && response.isMachineFailure;
}
