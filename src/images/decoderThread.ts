import { startWorker, type WorkerHandle } from '../platform/node.js';

/** Why a request got no response. */
export type ThreadFailure = 'timeout' | 'crash' | 'stopped';

/** A thread's response, or why there is none. */
export type ThreadResult<Response> = { readonly response: Response } | { readonly failure: ThreadFailure };

/**
 * A worker thread that decodes image files, one request at a time. It is terminated when a request times out and replaced
 * after a failure, since an untrusted file may be crafted to do harm.
 */
export class DecoderThread<Request, Response> {
  readonly #module: URL;
  #worker: WorkerHandle | undefined;
  #resolve: ((result: ThreadResult<Response>) => void) | undefined;

  /** @param module the worker's entry point, which responds to each request with one message */
  constructor(module: URL) {
    this.#module = module;
  }

  /** Sends a request and waits for the response; the previous request must have been answered. */
  async request(request: Request, timeoutMs: number): Promise<ThreadResult<Response>> {
    let timer: NodeJS.Timeout | undefined;
    const result = await new Promise<ThreadResult<Response>>((resolve) => {
      this.#resolve = resolve;
      timer = setTimeout(() => {
        resolve({ failure: 'timeout' });
      }, timeoutMs);
      this.#worker ??= this.#start();
      this.#worker.post(request);
    });
    clearTimeout(timer);
    this.#resolve = undefined;
    if ('failure' in result) await this.stop();
    return result;
  }

  /** Terminates the worker; a pending request fails, and the next one starts a new worker. */
  async stop(): Promise<void> {
    this.#resolve?.({ failure: 'stopped' });
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): WorkerHandle {
    return startWorker(this.#module, undefined, {
      // Both sides are built from the same source, so messages have this type.
      onMessage: (message) => this.#resolve?.({ response: message as Response }),
      onFailure: () => this.#resolve?.({ failure: 'crash' }),
    });
  }
}

/** What is wrong with an image file that caused a failure. */
export function describeFailure(failure: ThreadFailure, timeoutMs: number): string {
  switch (failure) {
    case 'timeout':
      return `decoding the image takes longer than ${timeoutMs / 1000} s; simplify the image`;
    case 'crash':
      return 'the image is too large or too complex to decode; make it smaller';
    case 'stopped':
      return 'the image was not decoded, because decoding was stopped';
  }
}
