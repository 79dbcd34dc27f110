import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readReportRun } from '#inkling/report/readReportRun.js';
import { assessRun } from '#inkling/runs/assessment/assessRun.js';
import { readPredictionRecord, readRun } from '#inkling/runs/readRun.js';
import { isTraining } from '#inkling/runs/trainingLock.js';
import { run, runDataset, sharedFolder } from '../../helpers/run.js';
import { stripes } from '../../helpers/stripes.js';

describe('a run that is only trained', () => {
  const runDir = sharedFolder();
  let whole: Awaited<ReturnType<typeof run>>;
  let trained: typeof whole;
  beforeAll(async () => {
    whole = await run(runDir);
    trained = await run(runDir, {}, { trainsOnly: true });
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
    const summary = await assessRun(trained.folder, runDataset);
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

  it('rejects a run that did not finish, and images of other classes', async () => {
    const stopped = await run(runDir, {}, { signal: AbortSignal.abort() });
    await expect(assessRun(stopped.folder, runDataset)).rejects.toThrow('did not finish: it was interrupted');
    const other = stripes({ train: 100, test: 30 });
    const renamed = { ...other, classes: other.classes.map((name) => `${name}!`) };
    await expect(assessRun(trained.folder, renamed)).rejects.toThrow();
  });
});
