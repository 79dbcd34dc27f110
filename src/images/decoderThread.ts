import { Budget } from '../core/budget.js';
import { messageOf } from '../core/errors.js';
import { startWorker, type WorkerHandle } from '../platform/host.js';
import { readThreadTime } from '../platform/thread.js';
import type { CompiledDecoder } from './formats/compiledDecoders.js';
import { MAX_PIXELS, maxDecodeTime } from './limits.js';

/** Ample for the decoders, and little enough that a thread can start where address space is limited. */
const CODE_MEGABYTES = 32;
/** Interval at which the processor time of a request is checked. */
const CHECK_MS = 50;

/** The pixels of large images that all threads of this process decode at the same time. */
export const largeImages = new Budget(MAX_PIXELS);

/** Why a request got no response. */
export type ThreadFailure =
  | { readonly failure: 'timeout' | 'stopped' }
  | { readonly failure: 'processorTime'; readonly limitMs: number }
  | { readonly failure: 'crash'; readonly reason: string };

/** A thread's response, or why there is none. */
export type ThreadResult<Response> = { readonly response: Response } | ThreadFailure;

/** What a worker receives when it is started. */
export interface ThreadData {
  /** Whether other threads of the process go first. */
  readonly isBackground: boolean;
  readonly decoders: readonly CompiledDecoder[];
}

/**
 * What a worker sends: once that it is ready and where its processor time can be read, the decoders that it compiled, the size of each
 * image, and responses.
 */
export type ThreadMessage<Response> =
  | { readonly timeFile: string | undefined }
  | { readonly decoder: CompiledDecoder }
  | { readonly pixels: number | undefined }
  | { readonly response: Response };

export interface ThreadLimits {
  /** The time until the response. */
  readonly timeoutMs: number;
  /** The processor time to decode an image of a number of pixels, if it is known; by default `maxDecodeTime`. */
  readonly maxTime?: (pixels: number | undefined) => number;
}

/** A request that waits for its response. */
interface Pending<Response> {
  readonly resolve: (result: ThreadResult<Response>) => void;
  readonly maxTime: (pixels: number | undefined) => number;
  /** The processor time of the thread when it began to read or decode the current image, and how much more it may use. */
  startedAt: number | undefined;
  limitMs: number;
}

/**
 * A worker thread that decodes image files, one request at a time. It is terminated when an image uses too much processor time or a
 * request times out, and replaced after a failure, since an untrusted file may be crafted to do harm. Processor time
 * tells a decoder that never ends from one that has to wait because the machine is busy.
 */
export class DecoderThread<Request, Response> {
  /** What the threads of this process have compiled. */
  static readonly #decoders = new Map<string, CompiledDecoder>();

  readonly #module: URL;
  readonly #isBackground: boolean;
  #worker: WorkerHandle | undefined;
  #timeFile: string | undefined;
  #pending: Pending<Response> | undefined;

  /**
   * @param module the worker's entry point, which calls `serveRequests`
   * @param options.isBackground whether other threads of the process go first
   */
  constructor(module: URL, { isBackground = false } = {}) {
    this.#module = module;
    this.#isBackground = isBackground;
  }

  /** Sends a request and waits for the response; the previous request must have been answered. */
  async request(
    request: Request,
    { timeoutMs, maxTime = maxDecodeTime }: ThreadLimits,
  ): Promise<ThreadResult<Response>> {
    let timer: NodeJS.Timeout | undefined;
    let check: NodeJS.Timeout | undefined;
    const result = await new Promise<ThreadResult<Response>>((resolve) => {
      this.#pending = { resolve, maxTime, startedAt: this.#time(), limitMs: maxDecodeTime(undefined) };
      timer = setTimeout(() => {
        resolve({ failure: 'timeout' });
      }, timeoutMs);
      check = setInterval(() => {
        this.#checkTime();
      }, CHECK_MS);
      try {
        this.start();
        this.#worker?.post(request);
      } catch (error) {
        // The system may refuse to start a thread.
        resolve({ failure: 'crash', reason: messageOf(error) });
      }
    });
    clearTimeout(timer);
    clearInterval(check);
    this.#pending = undefined;
    if ('failure' in result) await this.stop();
    return result;
  }

  /**
   * Starts the worker unless it is running, so that the next request need not wait for it.
   *
   * @throws {Error} when the system refuses to start a thread
   */
  start(): void {
    if (this.#worker !== undefined) return;
    const data: ThreadData = {
      isBackground: this.#isBackground,
      decoders: [...DecoderThread.#decoders.values()],
    };
    const worker: WorkerHandle = startWorker(
      this.#module,
      data,
      {
        // A terminated worker's last messages must not answer the request of its successor.
        onMessage: (message) => {
          // Both sides are built from the same source, so messages have this type.
          if (worker === this.#worker) this.#receive(message as ThreadMessage<Response>);
        },
        onFailure: (reason) => {
          if (worker !== this.#worker) return;
          this.#pending?.resolve({ failure: 'crash', reason });
          this.#worker = undefined;
        },
      },
      CODE_MEGABYTES,
    );
    // While a request is pending, its timer keeps the process running.
    worker.unref();
    this.#worker = worker;
  }

  /** Terminates the worker; a pending request fails, and the next one starts a new worker. */
  async stop(): Promise<void> {
    this.#pending?.resolve({ failure: 'stopped' });
    const worker = this.#worker;
    this.#worker = undefined;
    this.#timeFile = undefined;
    await worker?.terminate();
  }

  #receive(message: ThreadMessage<Response>): void {
    const pending = this.#pending;
    if ('decoder' in message) DecoderThread.#decoders.set(message.decoder.file, message.decoder);
    else if ('timeFile' in message) this.#timeFile = message.timeFile;
    else if ('response' in message) pending?.resolve({ response: message.response });
    else if (pending !== undefined) pending.limitMs = pending.maxTime(message.pixels);
    if (pending !== undefined) pending.startedAt = this.#time();
  }

  #checkTime(): void {
    const [pending, time] = [this.#pending, this.#time()];
    if (pending === undefined || time === undefined) return;
    pending.startedAt ??= time;
    const { startedAt, limitMs } = pending;
    if (time - startedAt > limitMs) pending.resolve({ failure: 'processorTime', limitMs });
  }

  #time(): number | undefined {
    return this.#timeFile === undefined ? undefined : readThreadTime(this.#timeFile);
  }
}
