import { messageOf } from '../core/errors.js';
import { startWorker, type WorkerHandle } from '../platform/node.js';

/** Ample for the decoders, and little enough that a thread can start where address space is limited. */
const CODE_MEGABYTES = 32;

/** Why a request got no response. */
export type ThreadFailure =
  { readonly failure: 'timeout' | 'stopped' } | { readonly failure: 'crash'; readonly reason: string };

/** A thread's response, or why there is none. */
export type ThreadResult<Response> = { readonly response: Response } | ThreadFailure;

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
      try {
        this.#worker ??= this.#start();
        this.#worker.post(request);
      } catch (error) {
        // The system may refuse to start a thread.
        resolve({ failure: 'crash', reason: messageOf(error) });
      }
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
    const events = {
      // Both sides are built from the same source, so messages have this type.
      onMessage: (message: unknown) => this.#resolve?.({ response: message as Response }),
      onFailure: (reason: string) => this.#resolve?.({ failure: 'crash', reason }),
    };
    return startWorker(this.#module, undefined, events, CODE_MEGABYTES);
  }
}
