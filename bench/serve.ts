import { createInterface } from 'node:readline';
import { peakMemoryMB } from '#inkling/platform/machine.js';
import { type Job, jobSchema, type Round, roundRequestSchema } from './protocol.js';

/** A system that has done its first step or call. */
export interface Prepared {
  /** See `readySchema`. */
  readonly answer: number;
  /** Does some more steps or calls; returns how many images they took. */
  work(): number | Promise<number>;
}

/** The measured process: prepares a system for the job in the first argument, then works whenever it is asked to. */
export async function serve(prepare: (job: Job) => Promise<Prepared>): Promise<void> {
  const prepared = await prepare(jobSchema.parse(JSON.parse(process.argv[2])));
  send({ answer: prepared.answer });
  for await (const line of createInterface({ input: process.stdin })) {
    send(await workFor(roundRequestSchema.parse(JSON.parse(line)).seconds, prepared));
  }
  // Threads of the measured system may still be there.
  process.exit();
}

async function workFor(wanted: number, prepared: Prepared): Promise<Round> {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  let images = 0;
  do images += await prepared.work();
  while (elapsed() < wanted);
  return { images, seconds: elapsed(), peakMegabytes: peakMemoryMB() };
}

function send(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
