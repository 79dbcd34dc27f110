import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { readSavedModel } from '#inkling/predict/load.js';
import type { PartialConfig } from '#inkling/train/config.js';
import { readResumePoint } from '#inkling/runs/resume.js';
import { resumeRun } from '#inkling/runs/trainRun.js';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import type { RunEvent } from '#inkling/runs/events.js';
import { listRunNames, stateOfRun } from '#inkling/runs/listRuns.js';
import { processStart } from '#inkling/platform/machine.js';
import { readFinishedRun, readRun } from '#inkling/runs/readRun.js';
import type { RunSummary } from '#inkling/runs/runSummary.js';
import { hashOf } from '../helpers/hash.js';
import { run, runDataset as dataset, sharedFolder } from '../helpers/run.js';
import { stripes } from '../helpers/stripes.js';
import { rewriteDefinition } from './rewrite.js';

const runDir = sharedFolder();

/** Trains until the first steps of an epoch are done; with a batch size of 2, steps of that epoch remain. */
async function interrupted(changes: PartialConfig, epoch: number) {
  const controller = new AbortController();
  return run(runDir, changes, {
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === 'progress' && event.epoch === epoch) controller.abort();
    },
  });
}

async function resumed(folder: string, changes: PartialConfig = {}) {
  const hooks = { command: 'inkling train --resume', onEvent: () => undefined };
  return resumeRun(readResumePoint(folder, changes), dataset, hooks);
}

/** All results of a run that do not depend on its speed. */
function numbersOf(folder: string, { epochs, best, test }: RunSummary) {
  return {
    best,
    test,
    epochs: epochs.map((record) => ({ ...record, seconds: 0, imagesPerSecond: 0 })),
    weights: ['best', 'last'].map((which) => {
      const { weights, batches } = readSavedModel(join(folder, 'checkpoints', `${which}.safetensors`));
      return [hashOf(weights), batches];
    }),
  };
}

const everything: PartialConfig = {
  epochs: 4,
  batchSize: 2,
  optimizer: 'adamw',
  schedule: 'one-cycle',
  clipNorm: 1,
  emaDecay: 0.9,
  augment: { shift: 1 },
};

describe.each<[what: string, settings: PartialConfig]>([
  ['Adam', { epochs: 4, batchSize: 2 }],
  ['Nesterov’s momentum', { epochs: 4, batchSize: 2, optimizer: 'nesterov', learningRate: 0.01 }],
  ['balanced sampling', { epochs: 4, batchSize: 2, sampling: 'balanced' }],
  ['a network with dropout', { epochs: 4, batchSize: 2, model: 'report-cnn-dropout' }],
  ['every setting with state', everything],
])('with %s', (_what, settings) => {
  test('a run that is interrupted within an epoch resumes with bit-identical results', async () => {
    const whole = await run(runDir, settings);
    const part = await interrupted(settings, 3);
    expect(part.summary).toMatchObject({ stopReason: 'interrupted' });
    expect(part.summary.epochs).toHaveLength(2);
    const rest = await resumed(part.folder, { threads: 3 });
    expect(rest.folder).toBe(part.folder);
    expect(rest.summary).toMatchObject({ stopReason: 'completed', startedAt: part.summary.startedAt });
    expect(rest.summary.resumedAt).toHaveLength(1);
    expect(rest.summary.timing.totalSeconds).toBeGreaterThan(part.summary.timing.totalSeconds);
    expect(numbersOf(rest.folder, rest.summary)).toEqual(numbersOf(whole.folder, whole.summary));
  });
});

test('extending a run gives the results of a run with that number of epochs from the start', async () => {
  const short = await run(runDir, { epochs: 2 });
  const longer = await resumed(short.folder, { epochs: 5 });
  const whole = await run(runDir, { epochs: 5 });
  expect(numbersOf(longer.folder, longer.summary)).toEqual(numbersOf(whole.folder, whole.summary));
  expect(readRun(short.folder).config.epochs).toBe(5);
  const rows = readFileSync(join(short.folder, 'metrics.csv'), 'utf8').trimEnd().split('\n');
  expect(rows.slice(1).map((row) => row.split(',')[0])).toEqual(['1', '2', '3', '4', '5']);
});

test('a run can be interrupted and resumed more than once', async () => {
  const settings: PartialConfig = { epochs: 3, batchSize: 2 };
  const { folder } = await interrupted(settings, 2);
  const controller = new AbortController();
  const again = await resumeRun(readResumePoint(folder, {}), dataset, {
    command: 'inkling train --resume',
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === 'started') expect(event.resumedAfter).toBe(1);
      if (event.type === 'epoch') controller.abort();
    },
  });
  expect(again.summary.stopReason).toBe('interrupted');
  const last = await resumed(folder);
  expect(last.summary.resumedAt).toHaveLength(2);
  const whole = await run(runDir, settings);
  expect(numbersOf(folder, last.summary)).toEqual(numbersOf(whole.folder, whole.summary));
});

describe.each(['resume', 'best'])('a process that is killed before it replaces %s.safetensors', (file) => {
  test.each([1, 2, 3])(
    'after epoch %i leaves a run that resumes with bit-identical results',
    async (epoch) => {
      const settings: PartialConfig = { epochs: 3, batchSize: 16, learningRate: 0.01 };
      const whole = await run(runDir, settings);
      let replaced = 0;
      let isKilled = false;
      setFileOperationHook(({ kind, to = '' }) => {
        replaced += Number(kind === 'rename' && to.endsWith(`${file}.safetensors`));
        isKilled ||= replaced === epoch;
        if (isKilled) throw new Error('killed');
        return undefined;
      });
      const folder = await run(runDir, settings)
        .then((finished) => finished.folder)
        .catch(() => join(runDir, listRunNames(runDir).at(-1) ?? ''))
        .finally(() => {
          setFileOperationHook(undefined);
        });
      if (file === 'resume' && epoch === 1) {
        expect(() => readResumePoint(folder)).toThrow('it was stopped during its first epoch');
        return;
      }
      const { summary } = isKilled ? await resumed(folder) : await run(runDir, settings);
      expect(numbersOf(folder, summary)).toEqual(numbersOf(whole.folder, whole.summary));
    },
  );
});

describe('a finished run that is trained for longer', () => {
  const longer = { epochs: 6, batchSize: 16, learningRate: 0.01 };
  const train = (folder: string, onEvent: (event: RunEvent) => void, signal?: AbortSignal) =>
    resumeRun(readResumePoint(folder, { epochs: longer.epochs }), dataset, { command: '', onEvent, signal });
  /** What predictions and reports of the run use. */
  const results = (folder: string) =>
    ['summary.json', 'predictions.json', join('checkpoints', 'best.safetensors')].map((file) =>
      readFileSync(join(folder, file), 'hex'),
    );

  test('is running, and keeps its results, until it has new ones', async () => {
    const { folder } = await run(runDir, { ...longer, epochs: 1 });
    const before = results(folder);
    const { summary, isRecorded } = await train(folder, ({ type }) => {
      expect(stateOfRun(readRun(folder))).toBe(type === 'finished' ? 'completed' : 'running');
      if (type === 'finished') return;
      expect(results(folder)).toEqual(before);
    });
    expect(isRecorded).toBe(true);
    expect(stateOfRun(readRun(folder))).toBe('completed');
    expect(readRun(folder).summary).toEqual(summary);
    const whole = await run(runDir, longer);
    expect(numbersOf(folder, summary)).toEqual(numbersOf(whole.folder, whole.summary));
    expect(readdirSync(join(folder, 'checkpoints')).sort()).toEqual(
      readdirSync(join(whole.folder, 'checkpoints')).sort(),
    );
  });

  test('keeps its results when it is interrupted, and can be resumed', async () => {
    const { folder } = await run(runDir, { ...longer, epochs: 1 });
    const before = results(folder);
    const controller = new AbortController();
    const interrupted = await train(
      folder,
      (event) => {
        if (event.type === 'epoch' && event.record.epoch === 4) controller.abort();
      },
      controller.signal,
    );
    expect(interrupted).toMatchObject({ isRecorded: false, summary: { stopReason: 'interrupted' } });
    expect(interrupted.summary.best?.epoch).toBeGreaterThan(1);
    expect(results(folder)).toEqual(before);
    expect(readFinishedRun(folder).summary.test).toBeDefined();
    const { summary } = await train(folder, () => undefined);
    const whole = await run(runDir, longer);
    expect(numbersOf(folder, summary)).toEqual(numbersOf(whole.folder, whole.summary));
  });

  test('is not resumed from an epoch after which another process has trained it', async () => {
    const { folder } = await run(runDir, { ...longer, epochs: 1 });
    const point = readResumePoint(folder, { epochs: 3 });
    await train(folder, () => undefined);
    const before = [...results(folder), readFileSync(join(folder, 'metrics.csv'), 'hex')];
    await expect(resumeRun(point, dataset, { command: '', onEvent: () => undefined })).rejects.toThrow(
      new InklingError(
        `resume: another process has trained ${folder} in the meantime; run the command again to resume from its last epoch`,
      ),
    );
    expect([...results(folder), readFileSync(join(folder, 'metrics.csv'), 'hex')]).toEqual(before);
    expect(existsSync(join(folder, 'training.pid'))).toBe(false);
  });

  test('can be resumed when it was killed before it wrote its new summary', async () => {
    const { folder } = await run(runDir, { ...longer, epochs: 1 });
    setFileOperationHook(({ kind, to = '' }) => {
      if (kind === 'rename' && to.endsWith('summary.json')) throw new Error('killed');
      return undefined;
    });
    await expect(train(folder, () => undefined)).rejects.toThrow('killed');
    setFileOperationHook(undefined);
    const { summary } = await train(folder, () => undefined);
    const whole = await run(runDir, longer);
    expect(numbersOf(folder, summary)).toEqual(numbersOf(whole.folder, whole.summary));
  });
});

describe('rejects', () => {
  const refusal = (folder: string, changes: PartialConfig = {}) => {
    try {
      readResumePoint(folder, changes);
    } catch (error) {
      if (error instanceof InklingError) return error.message.replaceAll(folder, 'RUN');
    }
    return 'nothing';
  };

  test('a run without a saved state', async () => {
    const { folder } = await interrupted({ batchSize: 2 }, 1);
    expect(refusal(folder)).toBe(
      `resume: RUN has no ${join('checkpoints', 'resume.safetensors')}: it was stopped during its first epoch, or imported; ` +
        'start a new run',
    );
    expect(refusal(join(folder, 'none'))).toContain('not a run folder');
  });

  test('a run without remaining epochs', async () => {
    const { folder } = await run(runDir, { epochs: 2 });
    const more = 'resume: expected more epochs than the 2 that RUN has completed, got ';
    expect(refusal(folder)).toBe(`${more}2; increase the option epochs`);
    expect(refusal(folder, { epochs: 1 })).toBe(`${more}1; increase the option epochs`);
  });

  test('a different number of epochs with a schedule that depends on it', async () => {
    const { folder } = await run(runDir, { epochs: 2, schedule: 'cosine' });
    expect(refusal(folder)).toBe(
      'resume: expected more epochs than the 2 that RUN has completed, got 2; start a new run, since its cosine schedule ends there',
    );
    expect(refusal(folder, { epochs: 3 })).toBe(
      'resume: expected 2 epochs, as the cosine schedule of RUN depends on their number, got 3; ' +
        'start a new run to train for longer',
    );
  });

  test('a run that was stopped early', async () => {
    // With this learning rate the weights do not change, so no epoch is better than the first.
    const standing: PartialConfig = { model: 'mlp', optimizer: 'sgd', learningRate: 1e-30 };
    const { folder, summary } = await run(runDir, { ...standing, epochs: 30, patience: 1 });
    expect(summary.stopReason).toBe('early');
    expect(refusal(folder, { epochs: 40 })).toBe(
      `resume: RUN stopped early after ${summary.epochs.length} epochs; start a new run with a higher patience`,
    );
  });

  test('a run that another process is training, unless that process was killed', async () => {
    const { folder } = await run(runDir, { epochs: 1 });
    const file = join(folder, 'training.pid');
    expect(existsSync(file)).toBe(false);
    const start = processStart(process.ppid);
    writeFileSync(file, `${process.ppid}\n${start ?? ''}\n`);
    await expect(resumed(folder, { epochs: 2 })).rejects.toThrow(
      new InklingError(
        `resume: ${folder} is being trained by process ${process.ppid}; wait for it to finish, or stop it; if that is another program, remove ${file}`,
      ),
    );
    expect(readRun(folder).summary?.stopReason).toBe('completed');
    writeFileSync(file, `${spawnSync(process.execPath, ['--version']).pid}\n${start ?? ''}\n`);
    expect((await resumed(folder, { epochs: 2 })).summary.epochs).toHaveLength(2);
    expect(existsSync(file)).toBe(false);
  });

  test.skipIf(processStart(process.ppid) === undefined)(
    'not a run whose process was killed and whose process ID was reused',
    async () => {
      const { folder } = await run(runDir, { epochs: 1 });
      const file = join(folder, 'training.pid');
      // The parent is running, but started at a different time from the process that trained.
      writeFileSync(file, `${process.ppid}\n${processStart(process.pid) ?? ''}\n`);
      expect((await resumed(folder, { epochs: 2 })).summary.epochs).toHaveLength(2);
      expect(existsSync(file)).toBe(false);
    },
  );

  test('different training images', async () => {
    const { folder } = await run(runDir, { epochs: 1 });
    const other = stripes({ train: 100, test: 30, seed: 2 });
    const hooks = { command: '', onEvent: () => undefined };
    await expect(resumeRun(readResumePoint(folder, { epochs: 2 }), other, hooks)).rejects.toThrow(
      new InklingError(
        `resume: the training images of stripes differ from those of ${folder}; restore them, or start a new run`,
      ),
    );
    expect(readRun(folder).summary?.stopReason).toBe('completed');
  });

  test.each([['train', 'training'] as const, ['test', 'test'] as const])(
    'a changed pixel of the %s images, with the same labels',
    async (part, name) => {
      const { folder } = await run(runDir, { epochs: 1 });
      const images = dataset[part].images.slice();
      images[5] ^= 1;
      const other = { ...dataset, [part]: { ...dataset[part], images } };
      const point = readResumePoint(folder, { epochs: 2 });
      await expect(resumeRun(point, other, { command: '', onEvent: () => undefined })).rejects.toThrow(
        `resume: the ${name} images of stripes differ from those of ${folder}`,
      );
    },
  );

  test('a state saved by another version, and a damaged one', async () => {
    const { folder } = await run(runDir, { epochs: 1 });
    const file = join(folder, 'checkpoints', 'resume.safetensors');
    const bytes = readFileSync(file);
    const newer = rewriteDefinition(bytes, (text) => text.replace('"version":"0', '"version":"9'));
    writeFileSync(file, newer);
    expect(refusal(folder, { epochs: 2 })).toMatch(
      /: expected a file of Inkling 0\.\S+, got one of 9\.\S+; use that version/,
    );
    writeFileSync(file, bytes.subarray(0, 1000));
    expect(refusal(folder, { epochs: 2 })).toMatch(/^RUN.*resume\.safetensors: /);
  });
});
