import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { InklingError } from '#inkling/core/errors.js';
import * as originalReport from '#inkling/core/originalReport.js';
import { runSummarySchema } from '#inkling/runs/runSummary.js';
import { errorLineOf } from './errorLine.js';
import type { CommandRecord } from './results.js';
import { median, spread } from './statistics.js';
import { ROOT } from './system.js';

const TARGET_ACCURACY = originalReport.testAccuracy.value;
const EPOCHS = originalReport.epochs.value;
const PROGRAM = join(ROOT, 'dist', 'bin', 'inkling.js');
const STARTS = 7;
const QUICK_STARTS = 3;

/** Measures `inkling train` as a process, with its data already on disk. */
export function measureCommand(fixture: string, isQuick: boolean): CommandRecord {
  const runs = mkdtempSync(join(fixture, 'runs-'));
  const hasMnist = (process.env.INKLING_DATA_DIR ?? '') !== '';
  const dataset = hasMnist ? 'mnist' : writeIdxFolder(fixture);
  try {
    const starts = Array.from({ length: isQuick ? QUICK_STARTS : STARTS }, () => timeStart(dataset, runs));
    const firstStepSeconds = median(starts);
    return {
      dataset: hasMnist ? 'mnist' : 'digits',
      firstStepSeconds,
      firstStepSpread: spread(starts),
      ...(hasMnist && !isQuick && { training: timeTraining(runs, firstStepSeconds) }),
    };
  } finally {
    rmSync(runs, { recursive: true });
  }
}

/** Seconds from the start of the process to the start of the first training step. */
function timeStart(dataset: string, runs: string): number {
  const preload = join(ROOT, 'build', 'bench', 'firstStep.js');
  const started = performance.timeOrigin + performance.now();
  const output = runNode(
    '--import',
    preload,
    PROGRAM,
    'train',
    '--json',
    '--dataset',
    dataset,
    '--run-dir',
    runs,
  );
  const { began } = z.object({ began: z.number() }).parse(JSON.parse(output));
  return (began - started) / 1000;
}

function timeTraining(runs: string, firstStepSeconds: number): CommandRecord['training'] {
  const flags = ['--json', '--epochs', String(EPOCHS), '--run-dir', runs];
  const started = performance.now();
  const output = runNode(PROGRAM, 'train', ...flags);
  const totalSeconds = (performance.now() - started) / 1000;
  const { epochs, test, timing } = runSummarySchema.parse(JSON.parse(output));
  if (test === undefined)
    throw new InklingError('inkling train: expected a test score in its output, got none');
  const reached = epochs.findIndex(({ validationAccuracy }) => validationAccuracy >= TARGET_ACCURACY);
  const untilReached = epochs
    .slice(0, reached + 1)
    .reduce((sum, { seconds }) => sum + seconds, firstStepSeconds);
  return {
    epochs: epochs.length,
    totalSeconds,
    ...(reached >= 0 && { secondsToAccuracy: untilReached }),
    testAccuracy: test.accuracy,
    peakMegabytes: timing.peakMemoryMB,
  };
}

/** Runs a script and returns its standard output. */
function runNode(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new InklingError(`inkling train: ${errorLineOf(stderr)}`);
  return stdout;
}

/** Writes the fixture's images as the four IDX files of a data set and returns their folder. */
function writeIdxFolder(fixture: string): string {
  const folder = join(fixture, 'idx');
  mkdirSync(folder);
  const images = readFileSync(join(fixture, 'images-28x28x1.u8'));
  const labels = readFileSync(join(fixture, 'labels.u8'));
  for (const part of ['train', 't10k']) {
    writeFileSync(join(folder, `${part}-images-idx3-ubyte`), idx([labels.length, 28, 28], images));
    writeFileSync(join(folder, `${part}-labels-idx1-ubyte`), idx([labels.length], labels));
  }
  return folder;
}

/** The IDX format: two zeros, the code of unsigned bytes, the number of axes, their sizes, the bytes. */
function idx(shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint32(0, 0x0800 + shape.length);
  shape.forEach((size, axis) => {
    header.setUint32(4 + 4 * axis, size);
  });
  return Buffer.concat([new Uint8Array(header.buffer), bytes]);
}
