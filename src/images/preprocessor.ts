import { BusyError, InklingError, MachineError } from '../core/errors.js';
import { FairQueue } from '../core/fairQueue.js';
import type { Shape } from '../core/shape.js';
import { type DecodeProblem, problemOfFailure } from './decodeErrors.js';
import { defaultInputKind, type InputKind } from './inputKind.js';
import { MAX_DECODE_MS } from './limits.js';
import type { ImageContent, PreprocessOptions } from './preprocess.js';
import type { FileInputs } from './concern.js';
import type { PreprocessRequest } from './preprocessRequest.js';
import { PreprocessThread } from './preprocessThread.js';

/** After this many slow files in sequence, a client's files are treated as slow until one is not. */
const MAX_SLOW_FILES = 2;
/** So many clients are remembered for that. */
const MAX_SLOW_CLIENTS = 1000;

export interface PreprocessorOptions {
  /** With several, large and slow images cannot occupy all of them. */
  readonly threads?: number;
  /** Maximum number of files that wait. */
  readonly maxWaiting?: number;
  readonly timeoutMs?: number;
  /** Images with more pixels are rejected; by default, those of more than `MAX_PIXELS`. */
  readonly largestImage?: number;
}

/** Whose file it is, and until when it is wanted. */
export interface FileRequest {
  /** Files of different clients are processed in turns. */
  readonly client?: string;
  /** Abandons the file. */
  readonly signal?: AbortSignal | undefined;
}

interface Job extends Required<Pick<FileRequest, 'client'>>, Pick<FileRequest, 'signal'> {
  readonly request: PreprocessRequest;
  readonly resolve: (response: FileInputs | DecodeProblem) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Decodes image files and turns them into model inputs on worker threads: an untrusted file can neither block the calling thread nor
 * run longer than a limit. With several threads, an image that turns out to be large or slow is put aside for a part of them, and
 * the client whose files took the least time comes first.
 */
export class ImagePreprocessor {
  /** None if there is only one thread. */
  readonly #quickThreads: readonly PreprocessThread[];
  readonly #slowThreads: readonly PreprocessThread[];
  readonly #options: Omit<PreprocessOptions, 'content'>;
  readonly #largestImage: number | undefined;
  readonly #timeoutMs: number;
  readonly #quick: FairQueue<Job>;
  readonly #slow: FairQueue<Job>;
  /** The number of files of a client that turned out to be slow since one did not. */
  readonly #slowFiles = new Map<string, number>();

  /** @param shape the model's input: `[height, width, channels]` */
  constructor(
    shape: Shape,
    inputKind: InputKind = defaultInputKind(shape),
    { threads = 1, maxWaiting = Infinity, timeoutMs = MAX_DECODE_MS, largestImage }: PreprocessorOptions = {},
  ) {
    this.#options = { shape, inputKind };
    this.#largestImage = largestImage;
    this.#timeoutMs = timeoutMs;
    const slowThreads = Math.max(1, threads >> 1);
    const start = (length: number, isBackground: boolean) =>
      Array.from({ length }, () => new PreprocessThread(timeoutMs, isBackground));
    this.#slowThreads = start(slowThreads, threads > 1);
    this.#quickThreads = start(threads - slowThreads, false);
    this.#quick = new FairQueue(maxWaiting);
    this.#slow = new FairQueue(maxWaiting);
  }

  /** The number of files being processed or waiting. */
  get pending(): number {
    return this.#quick.size + this.#slow.size + this.#threads.filter(({ isBusy }) => isBusy).length;
  }

  /** Starts the threads, so that the first files need not wait for them. */
  start(): void {
    for (const thread of this.#threads) void this.#warmUp(thread);
  }

  /**
   * @param bytes an image file; see `decodeImage`
   * @throws {BusyError} when too many files wait
   * @throws {MachineError} when the machine is the cause: insufficient memory, or a timeout
   * @throws {InklingError} that says what is wrong with the file
   */
  async preprocess(
    bytes: Uint8Array<ArrayBuffer>,
    content: ImageContent = 'single',
    { client = '', signal }: FileRequest = {},
  ): Promise<FileInputs> {
    const response = await new Promise<FileInputs | DecodeProblem>((resolve, reject) => {
      const largestImage = this.#largestImage;
      const request = {
        bytes,
        content,
        ...this.#options,
        ...(largestImage === undefined ? {} : { largestImage }),
      };
      const isSlow = this.#quickThreads.length === 0 || this.#isSlow(client);
      this.#add(isSlow ? this.#slow : this.#quick, { request, client, signal, resolve, reject });
      this.#dispatch();
    });
    if ('pixels' in response) return response;
    throw response.isMachineFailure ? new MachineError(response.problem) : new InklingError(response.problem);
  }

  /** Ends the threads; files being processed or waiting fail. */
  async close(): Promise<void> {
    for (const queue of [this.#quick, this.#slow]) {
      for (let job = queue.take(); job !== undefined; job = queue.take()) {
        job.resolve(problemOfFailure({ failure: 'stopped' }, this.#timeoutMs));
      }
    }
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #add(queue: FairQueue<Job>, job: Job): void {
    const { size } = queue;
    queue
      .add(job.client, job)
      ?.reject(new BusyError(`${size} files are waiting to be decoded; try again later`));
  }

  get #threads(): readonly PreprocessThread[] {
    return [...this.#quickThreads, ...this.#slowThreads];
  }

  /** Gives waiting files to idle threads. */
  #dispatch(): void {
    for (const [queue, threads] of [
      [this.#quick, this.#quickThreads],
      [this.#slow, this.#slowThreads],
    ] as const) {
      for (const thread of threads) {
        const job = thread.isBusy ? undefined : queue.take();
        if (job !== undefined) void this.#run(thread, job, queue === this.#quick);
      }
    }
  }

  async #run(thread: PreprocessThread, job: Job, isQuick: boolean): Promise<void> {
    const { client, signal, request } = job;
    const abandon = () => void thread.abandon();
    const started = performance.now();
    thread.isBusy = true;
    let response: FileInputs | DecodeProblem | 'large' | 'slow' | undefined;
    try {
      signal?.throwIfAborted();
      // A quick attempt ends soon, and a new thread would take longer.
      if (!isQuick) signal?.addEventListener('abort', abandon);
      response = await (isQuick ? thread.decodeQuickly(request) : thread.decode(request));
      if (response !== 'large' && response !== 'slow') job.resolve(response);
    } catch (error) {
      job.reject(error);
    }
    signal?.removeEventListener('abort', abandon);
    (isQuick ? this.#quick : this.#slow).charge(client, performance.now() - started);
    if (response === 'slow') this.#onSlowFile(client);
    else if (isQuick ? response !== 'large' : isSuccess(response)) this.#slowFiles.delete(client);
    if (response === 'slow' || response === 'large') this.#add(this.#slow, job);
    thread.isBusy = false;
    if (response === 'slow') void this.#warmUp(thread);
    this.#dispatch();
  }

  /** Whether all files of a client are treated as slow, without a quick attempt. */
  #isSlow(client: string): boolean {
    return (this.#slowFiles.get(client) ?? 0) >= MAX_SLOW_FILES;
  }

  #onSlowFile(client: string): void {
    if (this.#slowFiles.size >= MAX_SLOW_CLIENTS) this.#slowFiles.clear();
    this.#slowFiles.set(client, (this.#slowFiles.get(client) ?? 0) + 1);
    if (!this.#isSlow(client)) return;
    for (const waiting of this.#quick.remove(client)) this.#add(this.#slow, waiting);
  }

  async #warmUp(thread: PreprocessThread): Promise<void> {
    await thread.warmUp({ ...this.#options, content: 'single' });
    this.#dispatch();
  }
}

function isSuccess(response: FileInputs | DecodeProblem | 'large' | 'slow' | undefined): boolean {
  return typeof response === 'object' && 'pixels' in response;
}
