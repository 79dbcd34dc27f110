import type { Command } from 'commander';
import { calibrationNotice } from '../../predict/calibration.js';
import { readSavedModel } from '../../predict/load.js';
import type { ViewSettings } from '../../predict/viewSettings.js';
import { datasetUse, evaluateRunInDetail } from '../../runs/evaluateRun.js';
import { readRun } from '../../runs/readRun.js';
import { openDataset } from '../openDataset.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  outputOptionsFrom,
} from '../arguments/flags.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { describeTest, printClassTables } from '../terminal/results.js';
import { assertSameTestImages, datasetOf } from '../../runs/dataset/runDataset.js';
import { resolveRunFolder } from '../../runs/resolveModel.js';

interface Options {
  readonly dataset?: string;
  readonly dataDir?: string;
  readonly skipUnreadable?: boolean;
  readonly threads?: number;
  readonly tta?: ViewSettings;
  readonly runDir: string;
}

export function addEvaluate(program: Command, io: Io): void {
  const command = program
    .command('evaluate')
    .description("Evaluate a run's best weights on test images. By default, the run's own settings apply.")
    .argument('<RUN>', 'a run, by name or folder');
  addSettings(command, ['dataset', 'dataDir', 'skipUnreadable', 'threads', 'tta'], 'none');
  addSettings(command, ['runDir']);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling evaluate mlp-mnist-1', 'a run in the folder "runs"'],
    ['inkling evaluate mlp-digits-1 --dataset mnist', 'use another data set'],
    ['inkling evaluate mlp-mnist-1 --tta shift=1', 'average five views per image'],
    ['inkling evaluate runs/mlp-mnist-1 --json', 'print JSON'],
  ]);
  command.action(async (run: string) => {
    const options = command.opts<Options>();
    const folder = resolveRunFolder(run, options.runDir);
    const record = readRun(folder);
    const { config } = record;
    const { classes, model, inputKind, calibration } = readSavedModel(folder);
    const output = new Output(io, outputOptionsFrom(command));
    const {
      dataset: name = datasetOf(record),
      dataDir = config.dataDir,
      skipUnreadable = config.skipUnreadable,
    } = options;
    const dataset = await openDataset({ dataset: name, dataDir, skipUnreadable }, io, output, {
      model: { input: model.input, inputKind, classes },
      use: datasetUse(record, name),
    });
    if (options.dataset === undefined) assertSameTestImages(record, dataset);
    const metrics = await evaluateRunInDetail(folder, dataset, { threads: options.threads, tta: options.tta });
    printClassTables(metrics, classes, output);
    output.line();
    output.conclusion(`${folder} on ${dataset.name}: ${describeTest(metrics)}`);
    const notice = calibrationNotice(calibration);
    if (notice !== undefined) output.message(notice);
    output.result({ folder, dataset: dataset.name, ...metrics });
  });
}
