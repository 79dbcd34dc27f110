import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { DivergedError, InklingError, MachineError } from '#inkling/core/errors.js';
import { VERSION } from '#inkling/core/version.js';
import { preset } from '#inkling/models/presets.js';
import { countParameters } from '#inkling/models/weights.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import { readEpochs } from '#inkling/runs/eventLog.js';
import type { RunEvent } from '#inkling/runs/events.js';
import { evaluateRun } from '#inkling/runs/evaluateRun.js';
import { listRuns } from '#inkling/runs/listRuns.js';
import { readRun } from '#inkling/runs/readRun.js';
import { readResumePoint } from '#inkling/runs/resume.js';
import { resumeRun } from '#inkling/runs/trainRun.js';
import { runSummarySchema } from '#inkling/runs/runSummary.js';
import { temporaryFolder } from '../data/tinySet.js';
import { run, runDataset as dataset, sharedFolder } from '../helpers/run.js';
import { imbalanced, stripes } from '../helpers/stripes.js';
import { checkRecord } from '#inkling/core/record.js';

const files = [
  'checkpoints',
  'config.json',
  'events.jsonl',
  'metrics.csv',
  'predictions.json',
  'summary.json',
];

const text = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');
const linesOf = (folder: string, file: string) => text(folder, file).trimEnd().split('\n');

describe('a finished run', () => {
  const runDir = sharedFolder();
  let finished: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    finished = await run(runDir, {}, { note: 'in place of another' });
  });

  test('has a folder named after the model and data set, with a number, and every file', () => {
    expect(finished.folder).toBe(join(runDir, 'report-cnn-stripes-1'));
    expect(readdirSync(finished.folder).sort()).toEqual(files);
    expect(readdirSync(join(finished.folder, 'checkpoints')).sort()).toEqual([
      'best.safetensors',
      'last.safetensors',
      'resume.safetensors',
    ]);
  });

  test('saves its configuration', () => {
    const saved = JSON.parse(text(finished.folder, 'config.json'));
    expect(parseConfig(checkRecord(saved, 'config.json'))).toEqual(finished.config);
  });

  test('has one row of metrics per epoch', () => {
    const { epochs } = finished.summary;
    expect(linesOf(finished.folder, 'metrics.csv')).toEqual([
      'epoch,seconds,train/loss,train/accuracy,val/loss,val/accuracy,lr',
      ...epochs.map(({ epoch, seconds, trainLoss, trainAccuracy, validationLoss, validationAccuracy }) =>
        [epoch, seconds, trainLoss, trainAccuracy, validationLoss, validationAccuracy, 0.001].join(','),
      ),
    ]);
    expect(epochs).toHaveLength(2);
  });

  test('has one line per event', () => {
    const schema = z.object({ time: z.iso.datetime(), type: z.string() });
    const types = linesOf(finished.folder, 'events.jsonl').map((line) => schema.parse(JSON.parse(line)).type);
    expect([types[0], types.at(-1)]).toEqual(['started', 'finished']);
    expect(types.filter((type) => type === 'epoch')).toHaveLength(2);
    const heard = ['started', 'progress', 'epoch', 'progress', 'epoch', 'notice', 'finished'];
    expect(finished.events.map(({ type }) => type)).toEqual(heard);
    expect(finished.events[0]).toEqual({
      type: 'started',
      folder: finished.folder,
      config: finished.config,
      parameters: countParameters(preset('report-cnn', { input: [8, 8, 1], classes: 3 })),
    });
  });

  test('has a summary', () => {
    const summary = runSummarySchema.parse(JSON.parse(text(finished.folder, 'summary.json')));
    expect(summary).toEqual(finished.summary);
    expect(summary).toMatchObject({
      version: VERSION,
      command: 'inkling train',
      dataset: {
        name: 'stripes',
        source: dataset.source,
        train: 90,
        validation: 10,
        test: 30,
        shape: [8, 8, 1],
        classes: ['across', 'down', 'blank'],
        note: 'in place of another',
      },
      // (9·16 + 16) + 2·16 + (9·16·32 + 32) + 2·32 + (3·3·32·3 + 3)
      model: { name: 'report-cnn', parameters: 5_763 },
      environment: { node: process.version, threads: 2 },
      seed: 3,
      stopReason: 'completed',
    });
    expect(summary.error).toBeUndefined();
    expect(['fma', 'simd']).toContain(summary.environment.simd);
    expect(summary.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    const best = summary.epochs.find(({ epoch }) => epoch === summary.best?.epoch);
    expect(summary.best?.validationAccuracy).toBe(best?.validationAccuracy);
    expect(summary.test).toMatchObject({ total: 30 });
    expect(summary.test?.confusion.flat().reduce((a, b) => a + b)).toBe(30);
    expect(summary.test?.perClass).toHaveLength(3);
    const { totalSeconds, trainSeconds, imagesPerSecond, peakMemoryMB } = summary.timing;
    expect(trainSeconds).toBeLessThan(totalSeconds);
    expect(imagesPerSecond).toBeCloseTo(180 / trainSeconds, 6);
    expect(peakMemoryMB).toBeGreaterThan(10);
  });

  test('has a checkpoint of the last weights and one of the best', () => {
    const last = readSavedModel(join(finished.folder, 'checkpoints', 'last.safetensors'));
    expect(last).toMatchObject({
      model: { name: 'report-cnn' },
      classes: dataset.classes,
      batches: 1 + 2 * 3,
    });
    expect(readSavedModel(finished.folder).batches).toBe(1 + (finished.summary.best?.epoch ?? 0) * 3);
  });
});

test('runs with the same name are numbered, and listed by number', async () => {
  const runDir = temporaryFolder();
  mkdirSync(join(runDir, 'a-10'));
  writeFileSync(join(runDir, 'a-10', 'config.json'), '{}');
  mkdirSync(join(runDir, 'not a run'));
  writeFileSync(join(runDir, 'a-3'), 'a file');
  const changes: PartialConfig = { name: 'a', model: 'mlp', epochs: 1 };
  const folders: string[] = [];
  for (let i = 0; i < 3; i++) folders.push((await run(runDir, changes)).folder);
  expect(folders).toEqual(['a-1', 'a-2', 'a-4'].map((name) => join(runDir, name)));
  expect(listRuns(runDir).map(({ folder }) => folder)).toEqual([...folders, join(runDir, 'a-10')]);
  expect(listRuns(join(runDir, 'none'))).toEqual([]);
});

test('a run whose folder cannot be created does not start', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(run(join(file, 'runs'))).rejects.toThrow(
    new InklingError(
      `cannot create ${file}: a file with that name already exists; move it or choose another location`,
    ),
  );
});

test.skipIf(process.getuid?.() === 0)(
  'a run folder that is not writable is reported (skipped for root, who can write anywhere)',
  async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    await expect(run(join(folder, 'runs'))).rejects.toThrow('permission denied');
  },
);

test('a run without the GPU that must train it is not begun, nor changed if it is resumed', async () => {
  const runDir = sharedFolder();
  await expect(run(runDir, { device: 'gpu' })).rejects.toThrow(MachineError);
  expect(readdirSync(runDir)).toEqual([]);
  const { folder } = await run(runDir, { device: 'auto' });
  const before = text(folder, 'summary.json');
  const resuming = resumeRun(readResumePoint(folder, { device: 'gpu', epochs: 9 }), dataset, {
    command: 'test',
  });
  await expect(resuming).rejects.toThrow('needs the package webgpu');
  expect(text(folder, 'summary.json')).toBe(before);
});

test('a run whose device was chosen continues on it', async () => {
  const { folder } = await run(sharedFolder(), { device: 'auto' });
  const events: RunEvent[] = [];
  const hooks = { command: 'test', onEvent: (event: RunEvent) => events.push(event) };
  const { summary } = await resumeRun(readResumePoint(folder, { epochs: 9 }), dataset, hooks);
  const notice = events.find(({ type }) => type === 'notice');
  expect(notice).toMatchObject({
    text: expect.stringMatching(/^Device: CPU \(\d threads?\): it has trained until now\.$/),
  });
  expect(summary.environment.devices).toEqual([{ from: 1, kind: 'cpu' }]);
});

test('an interrupted run is recorded as such, with its best weights', async () => {
  const controller = new AbortController();
  const { folder, summary } = await run(
    temporaryFolder(),
    { epochs: 50 },
    {
      signal: controller.signal,
      onEvent: ({ type }) => {
        if (type === 'epoch') controller.abort();
      },
    },
  );
  expect(summary).toMatchObject({ stopReason: 'interrupted', best: { epoch: 1 } });
  expect(summary.epochs).toHaveLength(1);
  expect(summary.test).toBeUndefined();
  expect(readRun(folder).summary).toEqual(summary);
  expect((await evaluateRun(folder, dataset, { threads: 2 })).total).toBe(30);
});

test.each([
  ['was completed', { epochs: 2 }, 2],
  ['stopped early', { epochs: 9, patience: 1, optimizer: 'sgd', learningRate: 1e-30 }, 2],
] as const)(
  'a run that %s and is interrupted during scoring is only scored when resumed',
  async (_, settings, last) => {
    const controller = new AbortController();
    const onEvent = (event: RunEvent) => {
      if (event.type === 'epoch' && event.record.epoch === last) controller.abort();
    };
    const { folder, summary } = await run(temporaryFolder(), settings, {
      signal: controller.signal,
      onEvent,
    });
    expect(summary.stopReason).toBe('interrupted');
    expect(summary.test).toBeUndefined();
    const resumed = await resumeRun(readResumePoint(folder), dataset, {
      command: 'test',
      onEvent: () => undefined,
    });
    const uninterrupted = await run(temporaryFolder(), settings);
    const { test, epochs, stopReason } = uninterrupted.summary;
    expect(resumed.summary).toMatchObject({ test, stopReason });
    expect(resumed.summary.epochs).toHaveLength(epochs.length);
  },
);

test('a run that diverges fails, is recorded as diverged, and saves no weights', async () => {
  const runDir = temporaryFolder();
  const training = run(runDir, { model: 'mlp', optimizer: 'sgd', learningRate: 1e38 });
  await expect(training).rejects.toThrow(DivergedError);
  const { folder, summary } = readRun(listRuns(runDir)[0].folder);
  expect(summary).toMatchObject({ stopReason: 'diverged', epochs: [] });
  expect(summary?.error).toMatch(
    /^train: the loss became NaN at step 2 of 3 of epoch 1, with learning rate 1e\+38; /,
  );
  expect(summary?.best).toBeUndefined();
  expect(readdirSync(join(folder, 'checkpoints'))).toEqual([]);
  expect(linesOf(folder, 'metrics.csv')).toHaveLength(1);
});

test('a run that diverges in a later epoch preserves the last finite weights', async () => {
  const runDir = temporaryFolder();
  // The first step, which is the whole epoch, makes the weights large but finite; the next one makes them overflow.
  const training = run(runDir, { model: 'mlp', optimizer: 'sgd', learningRate: 1e12, batchSize: 90 });
  await expect(training).rejects.toThrow(DivergedError);
  const { folder, summary } = readRun(listRuns(runDir)[0].folder);
  expect(summary?.stopReason).toBe('diverged');
  expect(summary?.epochs).toHaveLength(1);
  const metrics = await evaluateRun(folder, dataset, { threads: 1 });
  expect(Number.isFinite(metrics.loss)).toBe(true);
});

test('a run that fails for another reason records the error', async () => {
  const runDir = temporaryFolder();
  const onEvent = ({ type }: RunEvent) => {
    if (type === 'epoch') throw new Error('the screen is gone');
  };
  await expect(run(runDir, {}, { onEvent })).rejects.toThrow('the screen is gone');
  expect(readRun(listRuns(runDir)[0].folder).summary).toMatchObject({
    stopReason: 'failed',
    error: 'the screen is gone',
  });
});

test('a run whose predictions cannot be written keeps its test score, and can be resumed', async () => {
  setFileOperationHook(({ kind, to = '' }) => {
    if (kind === 'rename' && to.endsWith('predictions.json')) {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    }
    return undefined;
  });
  const runDir = temporaryFolder();
  await expect(run(runDir)).rejects.toThrow('predictions.json: the disk is full');
  setFileOperationHook(undefined);
  const { folder, summary } = readRun(listRuns(runDir)[0].folder);
  expect(summary).toMatchObject({ stopReason: 'failed', test: { total: 30 } });
  const rest = await resumeRun(readResumePoint(folder), dataset, { command: '', onEvent: () => undefined });
  expect(rest.summary).toMatchObject({ stopReason: 'completed', test: summary?.test });
});

test('states why a run failed, and why this could not be recorded', async () => {
  const runDir = temporaryFolder();
  setFileOperationHook(({ kind, to = '' }) => {
    if (kind === 'rename' && /(resume|summary)\.[a-z]+$/.test(to)) {
      throw Object.assign(new Error('failed'), { code: to.endsWith('json') ? 'EROFS' : 'EIO' });
    }
    return undefined;
  });
  const { message } = await run(runDir)
    .then(() => new Error('none'))
    .catch((error: unknown) => error as Error)
    .finally(() => {
      setFileOperationHook(undefined);
    });
  expect(message.replaceAll(join(runDir, 'report-cnn-stripes-1'), 'RUN')).toBe(
    `cannot write ${join('RUN', 'checkpoints', 'resume.safetensors')}: input/output error; check the disk or choose another location; ` +
      `this could not be recorded: cannot write ${join('RUN', 'summary.json')}: the disk is read-only; choose another location`,
  );
  expect(readdirSync(join(runDir, 'report-cnn-stripes-1'))).not.toContain('training.pid');
});

test('a notice about imbalanced classes is logged, and part of the summary', async () => {
  const rare = imbalanced(stripes({ train: 320, test: 64 }));
  const { folder, summary, events } = await run(temporaryFolder(), { epochs: 1 }, {}, rare);
  const [notice, calibration] = summary.notices ?? [];
  expect(summary.notices).toHaveLength(2);
  expect(notice).toMatch(/^the classes are imbalanced: "across" has /);
  expect(events.slice(0, 2)).toMatchObject([{ type: 'notice', text: notice }, { type: 'started' }]);
  expect(readRun(folder).summary?.notices).toEqual([notice, calibration]);
  expect(calibration).toContain('there are 32 validation images');
  expect(readEpochs(folder)).toMatchObject({ epochs: [{ epoch: 1 }], last: { type: 'finished' } });
});
