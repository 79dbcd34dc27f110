import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { parseJson } from '#inkling/core/json.js';
import { validate } from '#inkling/core/validate.js';
import { complaintIn } from './complaint.js';
import { type Job, readySchema, type Round, roundSchema } from './protocol.js';
import type { System } from './system.js';

/** No step and no start takes as long on any system worth measuring. */
const PATIENCE_SECONDS = 180;

/** A process that measures one system at one job. It rests until it is asked for a round. */
export class Contestant {
  readonly system: System;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string, undefined>;
  readonly #ended: Promise<unknown>;
  #errors = '';
  #answer = NaN;
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
    // A process that is gone cannot be written to; what it said is in the error of the message it owes.
    this.#child.stdin.on('error', () => undefined);
  }

  /** Starts a process and waits for its first step. */
  static async start(system: System, job: Job): Promise<Contestant> {
    const started = performance.now();
    const contestant = new Contestant(system, job);
    const { answer } = await contestant.#receive(readySchema);
    contestant.#answer = answer;
    contestant.#startSeconds = (performance.now() - started) / 1000;
    return contestant;
  }

  /** What its first step or call came to; see `readySchema`. */
  get answer(): number {
    return this.#answer;
  }

  /** From the start of the process to the end of its first step or call. */
  get startSeconds(): number {
    return this.#startSeconds;
  }

  /** Has it work for at least that long. */
  async round(seconds: number): Promise<Round> {
    this.#child.stdin.write(`${JSON.stringify({ seconds })}\n`);
    return this.#receive(roundSchema);
  }

  /** Lets the process end, and waits until it has. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
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
      this.#errors += `Error: said nothing for ${PATIENCE_SECONDS} s`;
      this.#child.kill('SIGKILL');
    }, PATIENCE_SECONDS * 1000);
    let line = await this.#lines.next();
    // Libraries greet on standard output.
    while (line.done !== true && !line.value.startsWith('{')) line = await this.#lines.next();
    clearTimeout(timer);
    if (line.done !== true) return line.value;
    await this.#ended;
    throw new Error(`${this.system.name}: ${complaintIn(this.#errors)}`);
  }
}
