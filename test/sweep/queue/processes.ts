import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerOptions } from '#inkling/sweep/queue/bull/workerOptions.js';
import { workOnTrials } from '#inkling/sweep/queue/bull/workOnTrials.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Short, so that a test need not wait for the takeover of a trial. */
export const TIMES = { lockMs: 1000, stalledMs: 250 };

interface WorkerSettings {
  readonly store?: string | undefined;
  readonly times?: WorkerOptions['times'];
  /** Code that is executed before anything else. */
  readonly prelude?: string;
}

const started = new Set<TestProcess | LocalWorker>();

/** Ends what a test has left. */
export async function killAll(): Promise<void> {
  await Promise.all([...started].map((each) => each.kill()));
}

/** What has been printed. */
class Printed {
  output = '';

  /**
   * Waits for a text.
   *
   * @param hasEnded whether nothing is printed any more
   */
  async includes(text: RegExp, hasEnded: () => boolean): Promise<void> {
    while (!text.test(this.output)) {
      if (hasEnded()) throw new Error(`expected ${String(text)}, got the end after: ${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** A worker in this process, which needs no time to start, but can only be stopped. */
export class LocalWorker {
  readonly #printed = new Printed();
  readonly #controller = new AbortController();
  readonly #working: Promise<unknown>;
  #hasEnded = false;

  constructor(url: string, { times = TIMES, store }: Omit<WorkerSettings, 'prelude'> = {}) {
    this.#working = workOnTrials({
      ...{ url, times, store, threads: 1, signal: this.#controller.signal },
      notify: (line) => (this.#printed.output += `${line}\n`),
    }).catch((error: unknown) => (this.#printed.output += String(error)));
    started.add(this);
  }

  get output(): string {
    return this.#printed.output;
  }

  /** Waits until it has printed a text. */
  printed(text: RegExp): Promise<void> {
    return this.#printed.includes(text, () => this.#hasEnded);
  }

  /** Stops it, as Ctrl+C does. */
  async kill(): Promise<void> {
    this.#controller.abort();
    await this.#working;
    this.#hasEnded = true;
    started.delete(this);
  }
}

/** A process that can be killed, with what it has printed. */
export class TestProcess {
  readonly #process: ChildProcess;
  readonly #printed = new Printed();
  readonly ended: Promise<number | null>;

  private constructor(script: string) {
    this.#process = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (text: Buffer) => (this.#printed.output += text.toString()));
    }
    started.add(this);
    this.ended = once(this.#process, 'exit').then(([code]: (number | null)[]) => {
      started.delete(this);
      return code;
    });
  }

  /** A worker. */
  static worker(url: string, { prelude = '', times = TIMES, store }: WorkerSettings = {}): TestProcess {
    const options = JSON.stringify({ url, times, threads: 1, ...(store !== undefined && { store }) });
    return new TestProcess(`
      ${prelude}
      const { workOnTrials } = await import('#inkling/sweep/queue/bull/workOnTrials.js');
      const controller = new AbortController();
      process.once('SIGINT', () => controller.abort());
      await workOnTrials({ ...${options}, signal: controller.signal, notify: (line) => console.log(line) });
    `);
  }

  /** The coordinator of a sweep. */
  static coordinator(url: string, folder: string, images: string): TestProcess {
    return new TestProcess(`
      const { bullQueue } = await import('#inkling/sweep/queue/bullQueue.js');
      const { runSweep } = await import('#inkling/sweep/runSweep.js');
      const { loadDataset } = await import('#inkling/data/load.js');
      const dataset = await loadDataset({ name: ${JSON.stringify(images)} });
      const notify = (line) => console.log(line);
      const openQueue = (execution) => bullQueue(execution, { url: ${JSON.stringify(url)}, notify });
      const onTrial = ({ number, state }) => console.log('trial ' + number + ' ' + state);
      await runSweep(${JSON.stringify(folder)}, dataset, { command: 'inkling sweep', openQueue, onTrial });
      console.log('done');
    `);
  }

  get output(): string {
    return this.#printed.output;
  }

  /** Waits until it has printed a text. */
  printed(text: RegExp): Promise<void> {
    return this.#printed.includes(text, () => this.#process.exitCode !== null);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#process.kill(signal);
    await this.ended;
  }
}
