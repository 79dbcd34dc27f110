/**
 * Measures the throughput of a server that it starts, under 32 clients that send requests as fast as they can:
 * npm run bench:load -- FILE. Each request contains the pixels of one digit as JSON.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import autocannon from 'autocannon';
import { InklingError } from '#inkling/core/errors.js';
import { VERSION } from '#inkling/core/version.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { writeFileAtomic } from '#inkling/platform/files.js';
import { makeFolder } from '#inkling/platform/folders.js';
import { describeMachine } from '#inkling/platform/machine.js';
import { ROOT } from './system.js';

const CONNECTIONS = 32;
const ROUNDS = 10;
const REQUESTS_PER_ROUND = 10_000;
const DIGITS = 100;

/** The measurements of one round. */
interface Round {
  readonly requests: number;
  readonly seconds: number;
  /** In milliseconds. */
  readonly latency: { readonly median: number; readonly p99: number; readonly max: number };
  readonly failed: number;
  /** Of the server, at the end of the round. */
  readonly memoryMegabytes: number;
}

const [file] = process.argv.slice(2);
const server = spawn(process.execPath, [join(ROOT, 'dist', 'cli', 'main.js'), 'serve', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const address = await addressOf();
  const bodies = digitBodies();
  await sendRequests(address, bodies, REQUESTS_PER_ROUND);
  const rounds: Round[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const round = await sendRequests(address, bodies, REQUESTS_PER_ROUND);
    rounds.push(round);
    console.log(
      `${Math.round(round.requests / round.seconds)} requests/s, p99 ${round.latency.p99} ms, ` +
        `${round.failed} failed, ${round.memoryMegabytes.toFixed(0)} MB`,
    );
  }
  if (file) {
    const record = {
      version: VERSION,
      date: new Date().toISOString(),
      machine: { ...describeMachine(), threads: availableParallelism() },
      connections: CONNECTIONS,
      bodyBytes: Math.round(bodies.reduce((sum, body) => sum + body.length, 0) / bodies.length),
      rounds,
    };
    makeFolder(dirname(file));
    writeFileAtomic(file, `${JSON.stringify(record, null, 1)}\n`);
  }
} finally {
  server.kill();
}

/** The URL that the server prints when it is ready. */
async function addressOf(): Promise<string> {
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const address = /http:\S+(?=;)/.exec(line.toString())?.[0];
  if (address === undefined)
    throw new InklingError(`inkling serve: expected a line with its URL, got "${line.toString()}"`);
  return address;
}

function digitBodies(): string[] {
  const { images } = generateDigits({ seed: 0, train: 1, test: DIGITS }).test;
  const size = images.length / DIGITS;
  return Array.from({ length: DIGITS }, (_, i) => {
    const pixels = Array.from(images.subarray(i * size, (i + 1) * size), (byte) => byte / 255);
    return JSON.stringify({ pixels });
  });
}

/** Sends many requests and measures them. */
async function sendRequests(address: string, bodies: readonly string[], amount: number): Promise<Round> {
  const {
    '2xx': succeeded,
    duration,
    latency,
  } = await autocannon({
    url: `${address}/v1/predict`,
    connections: CONNECTIONS,
    amount,
    requests: bodies.map((body) => ({
      method: 'POST' as const,
      headers: { 'content-type': 'application/json' },
      body,
    })),
  });
  return {
    requests: succeeded,
    seconds: duration,
    latency: { median: latency.p50, p99: latency.p99, max: latency.max },
    failed: amount - succeeded,
    memoryMegabytes: await memoryMegabytes(address),
  };
}

async function memoryMegabytes(address: string): Promise<number> {
  const metrics = await (await fetch(`${address}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]) / 1e6;
}
