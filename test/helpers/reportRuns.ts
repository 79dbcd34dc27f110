import { beforeAll } from 'vitest';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { readReportRun } from '#inkling/report/readReportRun.js';
import type { ReportRun } from '#inkling/report/reportRun.js';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import { trainRun } from '#inkling/runs/trainRun.js';
import { run, sharedFolder } from './run.js';

/** Two small finished runs, of the report's network and the MLP, and their folders; trained before the tests of a file. */
export function trainForReport() {
  const made: { cnn: ReportRun; mlp: ReportRun; folders: [string, string] }[] = [];
  beforeAll(async () => {
    const runDir = sharedFolder();
    // One step per epoch: enough for both correct and incorrect predictions.
    const settings: PartialConfig = { epochs: 2, batchSize: 90, learningRate: 0.001 };
    const cnn = await run(runDir, settings);
    const mlp = await run(runDir, { ...settings, model: 'mlp' });
    made.push({
      cnn: await readReportRun(cnn.folder),
      mlp: await readReportRun(mlp.folder),
      folders: [cnn.folder, mlp.folder],
    });
  });
  return () => made[0];
}

/** A run with different class names. */
export function renamed(run: ReportRun, classes: readonly string[]): ReportRun {
  const { summary, saved } = run;
  return {
    ...run,
    saved: { ...saved, classes },
    summary: { ...summary, dataset: { ...summary.dataset, classes } },
  };
}

/** Runs of the report's network and the MLP on ten classes, for visual checks of a complete report. */
export async function trainOnDigits(runDir: string): Promise<[cnn: ReportRun, mlp: ReportRun]> {
  const dataset = generateDigits({ seed: 0, train: 1000, test: 500 });
  const train = async (model: string) => {
    const config = parseConfig({ model, dataset: 'digits', epochs: 3, threads: 2, runDir });
    const onEvent = () => undefined;
    const { folder } = await trainRun(config, dataset, { command: 'inkling reproduce', onEvent });
    return readReportRun(folder);
  };
  return [await train('report-cnn'), await train('mlp')];
}
