import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MachineError } from '#inkling/core/errors.js';
import { loadDataset } from '#inkling/data/load.js';
import { readRun } from '#inkling/runs/readRun.js';
import { createSweep, planSweep } from '#inkling/sweep/planSweep.js';
import { processQueue } from '#inkling/sweep/queue/processQueue.js';
import { trialImagesOf } from '#inkling/sweep/queue/trialImages.js';
import { TrialChild } from '#inkling/sweep/queue/trialChild.js';
import type { TrialJob, TrialQueue, TrialReports } from '#inkling/sweep/queue/trialQueue.js';
import { trialConfig } from '#inkling/sweep/space/trialConfig.js';
import { readSweep } from '#inkling/sweep/sweepFolder.js';
import { sharedFolder } from '../../helpers/run.js';
import { writeStripes } from './stripesFolder.js';

const runDir = sharedFolder();
const signal = new AbortController().signal;
/** More than are trained before a process receives a signal or a message. */
const MANY = 2000;

let execution: ConstructorParameters<typeof TrialChild>[0];
let jobs = 0;
beforeAll(async () => {
  const space = { dataset: writeStripes(runDir), model: 'mlp', batchSize: 32, seed: 1 };
  const plan = planSweep({
    space: { ...space, learningRate: { float: [0.001, 0.1] } },
    settings: { runDir },
  });
  const dataset = await loadDataset({ name: space.dataset, model: plan.model });
  const folder = createSweep(plan, dataset);
  const images = trialImagesOf(plan.config, dataset);
  execution = { folder, images, command: 'inkling sweep' };
});

let queue: TrialQueue;
afterEach(() => queue.close());

function startQueue(processes = 1): TrialQueue {
  queue = processQueue({ ...execution, processes, threads: 1 });
  return queue;
}

function jobOf(epochs: number): TrialJob {
  const name = `job${++jobs}`;
  const config = { ...trialConfig(readSweep(execution.folder).space, { learningRate: 0.01 }), epochs, name };
  return { name, config, run: undefined, trainsOnly: true, goesFirst: false };
}

/** The process that trains a run. */
function processOf(run: string): number {
  return Number.parseInt(readFileSync(join(execution.folder, run, 'training.pid'), 'utf8'));
}

function weightsOf(run: string | undefined): string {
  return readFileSync(join(execution.folder, run ?? '', 'checkpoints', 'last.safetensors')).toString(
    'base64',
  );
}

/** Collects the reports of a job. */
function collect(changes: Partial<TrialReports> = {}) {
  const runs: string[] = [];
  const epochs: number[] = [];
  const reports: TrialReports = {
    onStart(run) {
      runs.push(run);
      changes.onStart?.(run);
    },
    onEpoch(epoch, ...rest) {
      epochs.push(epoch);
      return changes.onEpoch?.(epoch, ...rest) ?? false;
    },
  };
  return { runs, epochs, reports };
}

describe('processQueue', () => {
  it('trains one job after the other in the same process, with the threads that it is given', async () => {
    const processes: number[] = [];
    const { runs, epochs, reports } = collect({ onStart: (run) => processes.push(processOf(run)) });
    startQueue();
    expect(await queue.execute(jobOf(2), reports, signal)).toEqual({ state: 'complete' });
    const two = { ...jobOf(1).config, threads: 2 };
    expect(await queue.execute({ ...jobOf(1), config: two }, reports, signal)).toEqual({ state: 'complete' });
    expect(epochs).toEqual([1, 2, 1]);
    expect(new Set(processes).size).toBe(1);
    expect(processes[0]).not.toBe(process.pid);
    const records = runs.map((run) => readRun(join(execution.folder, run)));
    expect(records.map(({ summary }) => summary?.environment.threads)).toEqual([1, 2]);
    // How many there were on this machine is no setting.
    expect(records.map(({ config }) => config.threads)).toEqual([undefined, 2]);
  });

  it('resumes the run of a killed process after its last epoch, with the same bits', async () => {
    const whole = collect();
    startQueue();
    await queue.execute(jobOf(30), whole.reports, signal);
    let kills = 0;
    const killed = collect({
      onEpoch(epoch) {
        if (epoch % 2 === 0 && kills++ < 2) process.kill(processOf(killed.runs[0]), 'SIGKILL');
        return false;
      },
    });
    expect(await queue.execute(jobOf(30), killed.reports, signal)).toEqual({ state: 'complete' });
    expect(killed.epochs).toEqual(whole.epochs);
    expect(new Set(killed.runs).size).toBe(1);
    expect(weightsOf(killed.runs[0])).toBe(weightsOf(whole.runs[0]));
    const { summary } = readRun(join(execution.folder, killed.runs[0]));
    expect(summary?.epochs).toHaveLength(30);
  });

  it('reports a job as failed whose processes were killed three times', async () => {
    const { runs, reports } = collect({
      onStart: (run) => {
        process.kill(processOf(run), 'SIGKILL');
      },
    });
    expect(await startQueue().execute(jobOf(MANY), reports, signal)).toEqual({
      state: 'failed',
      error:
        'the process that trained it ended unexpectedly 3 times; the last time, it was killed by SIGKILL. If memory ran out, train fewer trials at a time, or smaller models or batches',
    });
    expect(runs).toHaveLength(3);
  });

  it('ends a job early that is pruned, and one that is interrupted, and trains the next one in its process', async () => {
    const pruned = collect({ onEpoch: (epoch) => epoch === 2 });
    startQueue();
    expect(await queue.execute(jobOf(MANY), pruned.reports, signal)).toEqual({ state: 'pruned' });
    expect(pruned.epochs).toEqual([1, 2]);
    const controller = new AbortController();
    const interrupted = collect({
      onEpoch() {
        controller.abort();
        return false;
      },
    });
    const end = await queue.execute(jobOf(MANY), interrupted.reports, controller.signal);
    expect(end).toEqual({ state: 'interrupted' });
    const before = await queue.execute(jobOf(1), interrupted.reports, controller.signal);
    expect(before).toEqual({ state: 'interrupted' });
    expect(await queue.execute(jobOf(1), collect().reports, signal)).toEqual({ state: 'complete' });
  });

  it('leaves to the process that conducts the sweep what the signal of a terminal means', async () => {
    const { runs, reports } = collect({
      onStart: (run) => {
        process.kill(processOf(run), 'SIGINT');
      },
    });
    expect(await startQueue().execute(jobOf(3), reports, signal)).toEqual({ state: 'complete' });
    expect(runs).toHaveLength(1);
  });

  it('reports what a failed training says', async () => {
    const job = jobOf(1);
    const config = { ...job.config, optimizer: 'sgd' as const, momentum: 0.9, learningRate: 1e30 };
    expect(await startQueue().execute({ ...job, config }, collect().reports, signal)).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/loss .*(NaN|infinite)/i) as string,
    });
  });

  it('rejects a full disk, which is no failure of the training', async () => {
    const { reports } = collect({
      onStart(run) {
        writeFileSync(join(execution.folder, run, 'full'), '');
      },
    });
    const prelude = join(runDir, 'disk.mjs');
    const operations = pathToFileURL(join('dist', 'platform', 'fileOperations.js')).href;
    writeFileSync(
      prelude,
      `import { existsSync } from 'node:fs';
      import { dirname, join } from 'node:path';
      import { setFileOperationHook } from ${JSON.stringify(operations)};
      setFileOperationHook(({ kind, path }) => {
        const folders = [dirname(path), dirname(dirname(path))];
        if (kind !== 'write' || !folders.some((folder) => existsSync(join(folder, 'full')))) return undefined;
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      });`,
    );
    vi.stubEnv('NODE_OPTIONS', `--import=${pathToFileURL(prelude).href}`);
    const executed = startQueue().execute(jobOf(MANY), reports, signal);
    await expect(executed).rejects.toThrow(/: the disk is full; free some space or choose another location$/);
    await expect(executed).rejects.toBeInstanceOf(MachineError);
    vi.unstubAllEnvs();
  });

  it('rejects what the reports throw, such as a journal that cannot be written', async () => {
    const { reports } = collect({
      onStart() {
        throw new Error('disk full');
      },
    });
    await expect(startQueue().execute(jobOf(MANY), reports, signal)).rejects.toThrow('disk full');
  });

  it('rejects images that its processes cannot load', async () => {
    const { images, folder } = execution;
    const fingerprint = { ...images.fingerprint, test: 'another' };
    queue = processQueue({
      ...execution,
      images: { ...images, fingerprint },
      processes: 1,
      threads: 1,
    });
    await expect(queue.execute(jobOf(1), collect().reports, signal)).rejects.toThrow(
      `${folder}: several runs at a time need images that other processes can load: ${folder}: expected the images with which it was started, got others in stripes (`,
    );
  });

  it('has processes that end with the one that started them', async () => {
    startQueue();
    const child = new TrialChild(execution);
    const { reports } = collect({
      onStart() {
        // As if this process had ended: the connection is closed.
        void child.close();
      },
    });
    expect(await child.execute(jobOf(MANY), reports, signal)).toEqual({
      state: 'died',
      reason: 'it exited with code 0',
    });
    expect(child.isAlive).toBe(false);
  });
});
