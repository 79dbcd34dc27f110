import { createInterface } from 'node:readline';
import { peakMemoryMB } from '#inkling/platform/machine.js';
import { type Job, jobSchema, type Round, roundRequestSchema } from './protocol.js';

/** A system after its first step or call. */
export interface Prepared {
  /** See `readySchema`. */
  readonly checkValue: number;
  /** Performs more steps or calls and returns the number of images processed. */
  work(): number | Promise<number>;
}

/** Runs a measured process: prepares a system for the job in the first argument, then performs a round for each request. */
export async function serve(prepare: (job: Job) => Promise<Prepared>): Promise<void> {
  const prepared = await prepare(jobSchema.parse(JSON.parse(process.argv[2])));
  send({ checkValue: prepared.checkValue });
  for await (const line of createInterface({ input: process.stdin })) {
    send(await workFor(roundRequestSchema.parse(JSON.parse(line)).seconds, prepared));
  }
  // Threads of the measured system may still be running.
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
