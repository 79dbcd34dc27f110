import { InklingError, MachineError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import type { ModelInputs } from './concern.js';
import { type DecodeProblem, problemOfFailure } from './decodeErrors.js';
import { DecoderThread } from './decoderThread.js';
import { defaultInputKind, type InputKind } from './inputKind.js';
import { MAX_DECODE_MS } from './limits.js';
import type { ImageContent, PreprocessOptions } from './preprocess.js';

const WORKER = new URL('./preprocessWorker.js', import.meta.url);

/** A file is retried on a new thread if the machine failed. */
const MAX_ATTEMPTS = 2;

/** From the owner to the worker. */
export interface PreprocessRequest extends PreprocessOptions {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Model inputs made from an image file. */
export interface FileInputs extends ModelInputs {
  /** A note if only a part of the file was read, such as its first frame. */
  readonly note?: string;
}

/** From the worker to the owner: model inputs, or why there are none. */
export type PreprocessResponse = FileInputs | DecodeProblem;

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
   * @param bytes an image file; see `decodeImage`
   * @param signal skips the file if aborted while it is waiting
   * @throws {MachineError} when the machine is the cause: insufficient memory, or a timeout
   * @throws {InklingError} that says what is wrong with the file
   */
  async preprocess(
    bytes: Uint8Array<ArrayBuffer>,
    content: ImageContent = 'single',
    signal?: AbortSignal,
  ): Promise<FileInputs> {
    this.#pending += 1;
    const turn = this.#last.then(() => {
      signal?.throwIfAborted();
      return this.#request({ bytes, content, ...this.#options });
    });
    this.#last = turn.catch(() => undefined);
    const response = await turn.finally(() => (this.#pending -= 1));
    if ('pixels' in response) return response;
    throw response.isMachineFailure ? new MachineError(response.problem) : new InklingError(response.problem);
  }

  /** Ends the thread; the file being processed fails. */
  async close(): Promise<void> {
    await this.#thread.stop();
  }

  async #request(request: PreprocessRequest): Promise<PreprocessResponse> {
    for (let attempt = 1; ; attempt++) {
      const result = await this.#thread.request(request, this.#timeoutMs);
      const response = 'failure' in result ? problemOfFailure(result, this.#timeoutMs) : result.response;
      if (!('problem' in response)) return response;
      // A decoder that failed may leak memory or still be running.
      await this.#thread.stop();
      // Not after a timeout, which the file may be crafted to cause.
      const mayRetry = response.isMachineFailure && (!('failure' in result) || result.failure === 'crash');
      if (attempt === MAX_ATTEMPTS || !mayRetry) return response;
    }
  }
}
