import { InklingError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import type { ModelInputs } from './concern.js';
import { DecoderThread, describeFailure } from './decoderThread.js';
import { defaultInputKind, type InputKind } from './inputKind.js';
import { MAX_DECODE_MS } from './limits.js';
import type { ImageContent, PreprocessOptions } from './preprocess.js';

const WORKER = new URL('./preprocessWorker.js', import.meta.url);

/** From the owner to the worker. */
export interface PreprocessRequest extends PreprocessOptions {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** From the worker to the owner: model inputs, or what is wrong with the file. */
export type PreprocessResponse = { readonly inputs: ModelInputs } | { readonly problem: string };

/**
 * Decodes image files and turns them into model inputs, one file at a time, on a worker thread: an untrusted file can
 * neither block the calling thread nor run longer than a timeout.
 */
export class ImagePreprocessor {
  readonly #thread = new DecoderThread<PreprocessRequest, PreprocessResponse>(WORKER);
  readonly #options: Omit<PreprocessOptions, 'content'>;
  readonly #timeoutMs: number;
  #last: Promise<unknown> = Promise.resolve();
  #pending = 0;

  /** @param shape the model's input: `[height, width, channels]` */
  constructor(shape: Shape, inputKind: InputKind = defaultInputKind(shape), timeoutMs = MAX_DECODE_MS) {
    this.#options = { shape, inputKind };
    this.#timeoutMs = timeoutMs;
  }

  /** The number of files being processed or waiting. */
  get pending(): number {
    return this.#pending;
  }

  /**
   * @param bytes a PNG, JPEG, WebP, GIF, or SVG file
   * @param signal skips the file if aborted while it is waiting
   * @throws {InklingError} that says what is wrong with the file
   */
  async preprocess(
    bytes: Uint8Array<ArrayBuffer>,
    content: ImageContent = 'single',
    signal?: AbortSignal,
  ): Promise<ModelInputs> {
    this.#pending += 1;
    const turn = this.#last.then(() => {
      signal?.throwIfAborted();
      return this.#request({ bytes, content, ...this.#options });
    });
    this.#last = turn.catch(() => undefined);
    const response = await turn.finally(() => (this.#pending -= 1));
    if ('inputs' in response) return response.inputs;
    throw new InklingError(response.problem);
  }

  /** Ends the thread; the file being processed fails. */
  async close(): Promise<void> {
    await this.#thread.stop();
  }

  async #request(request: PreprocessRequest): Promise<PreprocessResponse> {
    const result = await this.#thread.request(request, this.#timeoutMs);
    if ('failure' in result) return { problem: describeFailure(result.failure, this.#timeoutMs) };
    // A decoder that failed may leak memory or still be running.
    if ('problem' in result.response) await this.#thread.stop();
    return result.response;
  }
}
