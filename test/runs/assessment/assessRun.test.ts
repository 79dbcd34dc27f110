import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { preset } from '#inkling/models/presets.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { readReportRun } from '#inkling/report/readReportRun.js';
import { assessRun } from '#inkling/runs/assessment/assessRun.js';
import { readPredictionRecord, readRun } from '#inkling/runs/readRun.js';
import { isTraining } from '#inkling/runs/trainingLock.js';
import { verifyRun } from '#inkling/runs/verify/verifyRun.js';
import { trainAndScore } from '#inkling/train/trainAndScore.js';
import { run, sharedFolder } from '../../helpers/run.js';
import { stripes } from '../../helpers/stripes.js';
import { rewriteRecord } from '../rewrite.js';

/** With 60 validation images, which are enough to calibrate. */
const dataset = stripes({ train: 600, test: 30 });

describe('a run that is only trained', () => {
  const runDir = sharedFolder();
  let whole: Awaited<ReturnType<typeof run>>;
  let trained: typeof whole;
  beforeAll(async () => {
    whole = await run(runDir, {}, {}, dataset);
    trained = await run(runDir, {}, { trainsOnly: true }, dataset);
  });

  it('has neither test results nor a calibration, and no report', async () => {
    expect(trained.summary).not.toHaveProperty('test');
    expect(trained.summary).not.toHaveProperty('calibration');
    expect(readdirSync(trained.folder)).not.toContain('predictions.json');
    await expect(readReportRun(trained.folder)).rejects.toThrow(
      `run "${trained.folder}": expected a finished run with test results, got a run that is a trial of a sweep, which scores only the best one; train it again`,
    );
  });

  it('ends up like any other run when it is assessed', async () => {
    const before = readRun(trained.folder).summary;
    const summary = await assessRun(trained.folder, dataset);
    expect(summary).toEqual(readRun(trained.folder).summary);
    const { test, calibration } = summary;
    expect(summary).toEqual({ ...before, test, calibration, notices: whole.summary.notices });
    expect([summary.test, summary.calibration]).toEqual([whole.summary.test, whole.summary.calibration]);
    const model = (folder: string) => readFileSync(join(folder, 'checkpoints', 'best.safetensors'));
    expect(model(trained.folder).equals(model(whole.folder))).toBe(true);
    expect(readPredictionRecord(trained.folder)).toEqual(readPredictionRecord(whole.folder));
    expect(readdirSync(trained.folder).sort()).toEqual(readdirSync(whole.folder).sort());
    expect(isTraining(trained.folder)).toBe(false);
    await expect(readReportRun(trained.folder)).resolves.toMatchObject({ test: summary.test });
  });

  it('is calibrated like a training in memory, by cross-fitting', async () => {
    const model = preset('report-cnn', { input: dataset.shape, classes: dataset.classes.length });
    const settings = { epochs: 2, batchSize: 32, threads: 2, seed: 3 };
    const { best } = await trainAndScore({ model, dataset, settings });
    expect(best?.calibration).toMatchObject({ selection: 'cross-fitted', images: 60 });
    expect(readSavedModel(trained.folder).calibration).toEqual(best?.calibration);
    expect(await verifyRun(trained.folder, dataset)).toMatchObject({ result: 'same' });
  });

  it('is calibrated on the images that selected its epoch if their logits are missing, as by earlier versions', async () => {
    const old = await run(runDir, {}, { trainsOnly: true }, dataset);
    rmSync(join(old.folder, 'checkpoints', 'resume.safetensors'));
    const { calibration } = await assessRun(old.folder, dataset);
    expect(calibration).toMatchObject({ selection: 'same-images', images: 60 });
    const file = join(old.folder, 'summary.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      rewriteRecord(text, (record) => record.replace(/,"selection":"same-images"/, '')),
    );
    expect(readRun(old.folder).summary?.calibration).not.toHaveProperty('selection');
    expect(await verifyRun(old.folder, dataset)).toMatchObject({ result: 'same' });
  });

  it('rejects a run that did not finish, and images of other classes', async () => {
    const stopped = await run(runDir, {}, { signal: AbortSignal.abort() }, dataset);
    await expect(assessRun(stopped.folder, dataset)).rejects.toThrow('did not finish: it was interrupted');
    const renamed = { ...dataset, classes: dataset.classes.map((name) => `${name}!`) };
    await expect(assessRun(trained.folder, renamed)).rejects.toThrow();
  });
});
