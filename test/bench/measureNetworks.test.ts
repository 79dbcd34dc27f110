import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeFixture } from '../../bench/fixture.js';
import { measureGpu } from '../../bench/gpu/measureGpu.js';
import { measureNetworks } from '../../bench/networks/measureNetworks.js';
import type { System } from '../../bench/system.js';
import { temporaryFolder } from '../data/tinySet.js';

/**
 * A process that follows the protocol without computing anything: its n-th round takes the n-th of the given times. Like PyTorch,
 * it fails if it is asked to compile.
 */
const PROGRAM = `
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
const [times, log, ...options] = process.argv.slice(2);
if (options.includes('--check-compile')) throw new Error('no compiler');
const job = JSON.parse(options.at(-1));
appendFileSync(log, 'start ');
const seconds = JSON.parse(times);
const send = (message) => console.log(JSON.stringify(message));
send({ checkValue: 1 });
let round = 0;
for await (const line of createInterface({ input: process.stdin })) {
  appendFileSync(log, 'round ');
  send({ images: job.batch, seconds: seconds[round++ % seconds.length], peakMegabytes: 100 });
}
`;

function system(
  family: 'Inkling' | 'PyTorch',
  seconds: readonly number[],
): System & { readonly log: string } {
  const folder = temporaryFolder();
  const program = join(folder, 'program.mjs');
  writeFileSync(program, PROGRAM);
  const log = join(folder, 'log');
  return {
    name: family,
    family,
    ...(family === 'PyTorch' && { variant: 'contiguous' as const }),
    command: [process.execPath, program, JSON.stringify(seconds), log],
    tasks: ['training'],
    isSlow: false,
    hasThreads: true,
    log,
  };
}

async function measure(own: System, peer: System) {
  const notes: string[] = [];
  const progress: string[] = [];
  const folder = await writeFixture();
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const networks = await measureNetworks({
    names: new Set(['deep-cnn']),
    systems: [own, peer],
    folder,
    effort: { rounds: 6, roundSeconds: 1, warmupSeconds: 1, slowWarmupSeconds: 5 },
    isQuick: false,
    notes,
    logProgress: (line) => progress.push(line),
  });
  return { networks, notes, progress };
}

test('PyTorch is measured in both memory formats, and the reason why it cannot compile is noted', async () => {
  const [own, peer] = [system('Inkling', [1]), system('PyTorch', [9])];
  const { networks, notes, progress } = await measure(own, peer);
  expect(new Set(networks.rows.map(({ variant }) => variant))).toEqual(
    new Set([undefined, 'contiguous', 'channels last']),
  );
  expect(notes).toEqual(['PyTorch, torch.compile: Error: no compiler; it needs a C++ compiler such as g++']);
  expect(networks.rows.map(({ seconds }) => seconds.length)).toEqual(networks.rows.map(() => 6));
  expect(networks.memory).toMatchObject([{ network: 'deep-cnn', task: 'training', batch: 64 }]);
  // Nothing is measured again.
  expect(progress).toEqual([expect.stringContaining('deep-cnn')]);
});

test('a comparison that leaves a goal undecided is measured once more, with more rounds', async () => {
  // The ratios are 1 and 9, on both sides of every goal.
  const [own, peer] = [system('Inkling', [1]), system('PyTorch', [1, 9])];
  const { networks, progress } = await measure(own, peer);
  expect(networks.rows.map(({ seconds }) => seconds.length)).toEqual(networks.rows.map(() => 18));
  expect(progress.at(-1)).toMatch(/deep-cnn, training, batch 64, 1 thread.*: not decided; measuring again/);
  const starts = readFileSync(own.log, 'utf8')
    .split(' ')
    .filter((word) => word === 'start').length;
  expect(starts).toBe(2 * networks.rows.filter(({ family }) => family === 'Inkling').length);
});

test('trains on a GPU, but not on the processor in its place', async () => {
  const [own, peer] = [system('Inkling', [0.1]), { ...system('PyTorch', [0.2]), gpu: 'Fake 9000' }];
  const folder = await writeFixture();
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const notes: string[] = [];
  const context = {
    ...{ names: new Set(['report-cnn']), systems: [own, peer], folder, notes, logProgress: () => undefined },
    effort: { rounds: 1, roundSeconds: 0, warmupSeconds: 0, slowWarmupSeconds: 60 },
  };
  const adapter = (isSoftware: boolean) => () => Promise.resolve({ name: 'Fake 9000', isSoftware });
  expect(await measureGpu(context, adapter(true))).toBeUndefined();
  expect(notes).toEqual(['training on a GPU: not measured: Fake 9000 computes on the processor']);
  const results = await measureGpu(context, adapter(false));
  expect(results?.rows.map(({ system: name, batch }) => [name, batch])).toEqual(
    [64, 512].flatMap((batch) => [
      ['Inkling', batch],
      ['PyTorch, CUDA on Fake 9000', batch],
      ['PyTorch, CUDA on Fake 9000, channels last', batch],
    ]),
  );
});
