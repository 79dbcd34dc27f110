import { basename } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../core/errors.js';
import { readSavedModel } from '../../predict/load.js';
import { type ComparedPair, type ComparedRun, compareRuns } from '../../runs/compare/compareRuns.js';
import { datasetUse } from '../../runs/evaluateRun.js';
import { readFinishedRun } from '../../runs/readRun.js';
import { describePair } from '../../runs/compare/describePair.js';
import { openDataset } from '../openDataset.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  outputOptionsFrom,
} from '../arguments/flags.js';
import {
  formatCount,
  formatMegabytes,
  formatPercent,
  formatPValue,
  formatSeconds,
} from '../../core/format.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { assertSameTestImages, datasetOf } from '../../runs/dataset/runDataset.js';
import { resolveRunFolder } from '../../runs/resolveModel.js';

interface Options {
  readonly dataset?: string;
  readonly dataDir?: string;
  readonly threads?: number;
  readonly runDir: string;
}

export function addCompare(program: Command, io: Io): void {
  const command = program
    .command('compare')
    .description('Compare runs on the same test images, with a significance test, and list their costs.')
    .argument('<RUN...>', 'two or more runs, by name or folder');
  addSettings(command, ['dataset', 'dataDir', 'threads'], 'none');
  addSettings(command, ['runDir']);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling compare mlp-mnist-1 mlp-mnist-2', 'on their data set'],
    ['inkling compare mlp-mnist-1 mlp-digits-1 --dataset mnist', 'on MNIST'],
  ]);
  command.action(async (names: string[]) => {
    const options = command.opts<Options>();
    const output = new Output(io, outputOptionsFrom(command));
    if (names.length < 2) throw new UsageError('compare: expected at least 2 runs, got 1; add another run');
    const records = names.map((name) => readFinishedRun(resolveRunFolder(name, options.runDir)));
    const known = options.dataset === undefined ? [...new Set(records.map(datasetOf))] : [options.dataset];
    if (known.length > 1) {
      throw new UsageError(
        `compare: the runs were trained on different data sets (${known.join(', ')}); select the test images with --dataset`,
      );
    }
    const [{ folder: first, config }] = records;
    const request = {
      dataset: known[0],
      dataDir: options.dataDir ?? config.dataDir,
      skipUnreadable: config.skipUnreadable,
    };
    const { model, inputKind, classes } = readSavedModel(first);
    const dataset = await openDataset(request, io, output, {
      model: { input: model.input, inputKind, classes },
      use: records.some((record) => datasetUse(record, request.dataset) === 'training')
        ? 'training'
        : 'evaluation',
    });
    if (options.dataset === undefined) {
      for (const record of records) assertSameTestImages(record, dataset);
    }
    const comparison = await compareRuns(records, dataset, { threads: options.threads });
    printRuns(comparison.runs, output);
    output.line();
    output.line(
      `Correctly classified among the ${formatCount(dataset.test.labels.length)} test images of ${dataset.name}:`,
    );
    printPairs(comparison.pairs, output);
    output.line();
    for (const { first, second, ...pair } of comparison.pairs) {
      output.conclusion(describePair(basename(first), basename(second), pair));
    }
    output.result({ dataset: dataset.name, ...comparison });
  });
}

function printRuns(runs: readonly ComparedRun[], output: Output): void {
  const rows = runs.map((run) => [
    basename(run.folder),
    run.model,
    formatPercent(run.accuracy),
    formatPercent(run.macroF1),
    formatCount(run.parameters),
    formatCount(run.multiplyAdds),
    run.trainSeconds === undefined ? '-' : formatSeconds(run.trainSeconds),
    formatMegabytes(run.bytes),
  ]);
  output.table(
    [
      ['run', 'model', 'accuracy', 'macro F1', 'parameters', 'multiply-adds', 'training', 'file size'],
      ...rows,
    ],
    ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
  );
}

function printPairs(pairs: readonly ComparedPair[], output: Output): void {
  const rows = pairs.map(({ first, second, bothCorrect, onlyFirst, onlySecond, bothWrong, pValue }) => [
    basename(first),
    basename(second),
    ...[bothCorrect, onlyFirst, onlySecond, bothWrong].map(formatCount),
    formatPValue(pValue),
  ]);
  output.table(
    [['run A', 'run B', 'both', 'A only', 'B only', 'neither', "McNemar's test"], ...rows],
    ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
  );
}
