import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type * as z from 'zod';
import { parseJson } from '#inkling/core/json.js';
import { validate } from '#inkling/core/validate.js';
import { errorLineOf } from './errorLine.js';
import { type Job, readySchema, type Round, roundSchema } from './protocol.js';
import type { System } from './system.js';

/** Longer than any system takes for its start, which may compile the network, or a round. */
const TIMEOUT_SECONDS = 600;
/** A process that has not ended after this time is killed. */
const STOP_SECONDS = 10;

/** A process that measures one system at one job. It is idle between rounds. */
export class MeasuredProcess {
  readonly system: System;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string, undefined>;
  readonly #ended: Promise<unknown>;
  #errors = '';
  #checkValue = NaN;
  #startSeconds = NaN;

  private constructor(system: System, job: Job) {
    this.system = system;
    this.#child = spawn(system.command[0], [...system.command.slice(1), JSON.stringify(job)]);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stderr.on('data', (data: Buffer) => {
      this.#errors += data.toString();
    });
    this.#ended = new Promise((resolve) => {
      this.#child.on('close', resolve);
      this.#child.on('error', (error) => {
        this.#errors += `Error: ${error.message}`;
        resolve(error);
      });
    });
    // Writing to a process that has ended fails; the next read reports why it ended.
    this.#child.stdin.on('error', () => undefined);
  }

  /** Starts a process and waits for its first step. */
  static async start(system: System, job: Job): Promise<MeasuredProcess> {
    const started = performance.now();
    const measured = new MeasuredProcess(system, job);
    const { checkValue } = await measured.#receive(readySchema);
    measured.#checkValue = checkValue;
    measured.#startSeconds = (performance.now() - started) / 1000;
    return measured;
  }

  /** The result of its first step or call; see `readySchema`. */
  get checkValue(): number {
    return this.#checkValue;
  }

  /** Seconds from the start of the process to the end of its first step or call. */
  get startSeconds(): number {
    return this.#startSeconds;
  }

  /** Makes the process work for at least this many seconds. */
  async round(seconds: number): Promise<Round> {
    this.#child.stdin.write(`${JSON.stringify({ seconds })}\n`);
    return this.#receive(roundSchema);
  }

  /** Ends the process, which may first end a browser that it started, and waits until it has ended. */
  async stop(): Promise<void> {
    this.#child.kill();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_SECONDS * 1000);
    await this.#ended;
    clearTimeout(timer);
  }

  async #receive<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>> {
    try {
      const message = await this.#nextMessage();
      return validate(schema, parseJson(message, this.system.name), this.system.name);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async #nextMessage(): Promise<string> {
    const timer = setTimeout(() => {
      this.#errors += `Error: no output for ${TIMEOUT_SECONDS} s`;
      this.#child.kill('SIGKILL');
    }, TIMEOUT_SECONDS * 1000);
    let line = await this.#lines.next();
    // Skips what libraries print to standard output.
    while (line.done !== true && !line.value.startsWith('{')) line = await this.#lines.next();
    clearTimeout(timer);
    if (line.done !== true) return line.value;
    await this.#ended;
    throw new Error(`${this.system.name}: ${errorLineOf(this.#errors)}`);
  }
}
