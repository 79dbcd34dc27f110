import { startWorker, type WorkerHandle } from '../platform/node.js';

/** Why a thread gave no answer. */
export type ThreadFailure = 'slow' | 'broken' | 'stopped';

/** What a thread answered, or why it did not. */
export type ThreadAnswer<Answer> = { readonly answer: Answer } | { readonly failure: ThreadFailure };

/**
 * A thread that reads pictures, one order after the other. It is given up when it takes too long, and replaced when it
 * fails: what comes from outside can be made to harm.
 */
export class PictureThread<Order, Answer> {
  readonly #module: URL;
  #worker: WorkerHandle | undefined;
  #resolve: ((answer: ThreadAnswer<Answer>) => void) | undefined;

  /** @param module the entry point of the thread, which answers each order with one message */
  constructor(module: URL) {
    this.#module = module;
  }

  /** Waits for the answer to an order; the one before it has been answered. */
  async ask(order: Order, timeLimitMs: number): Promise<ThreadAnswer<Answer>> {
    let timer: NodeJS.Timeout | undefined;
    const answered = await new Promise<ThreadAnswer<Answer>>((resolve) => {
      this.#resolve = resolve;
      timer = setTimeout(() => {
        resolve({ failure: 'slow' });
      }, timeLimitMs);
      this.#worker ??= this.#start();
      this.#worker.post(order);
    });
    clearTimeout(timer);
    this.#resolve = undefined;
    if ('failure' in answered) await this.stop();
    return answered;
  }

  /** Ends the thread; an order under way fails. The next order starts another. */
  async stop(): Promise<void> {
    this.#resolve?.({ failure: 'stopped' });
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): WorkerHandle {
    return startWorker(this.#module, undefined, {
      // The worker is the same program: its messages have this type.
      onMessage: (message) => this.#resolve?.({ answer: message as Answer }),
      onFailure: () => this.#resolve?.({ failure: 'broken' }),
    });
  }
}

/** What is wrong with a picture that a thread gave no answer to. */
export function problemOf(failure: ThreadFailure, timeLimitMs: number): string {
  switch (failure) {
    case 'slow':
      return `the picture takes longer than ${timeLimitMs / 1000} s to read; make it simpler`;
    case 'broken':
      return 'the picture is too large or too complex to read; make it smaller';
    case 'stopped':
      return 'the reader was closed';
  }
}
