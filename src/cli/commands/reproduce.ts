import type { Command } from 'commander';
import { preset } from '../../models/presets.js';
import { resolveModel } from '../../models/resolve.js';
import type { ReportOptions } from '../../report/write.js';
import type { FinishedRun } from '../../runs/trainRun.js';
import type { RunSummary } from '../../runs/runSummary.js';
import { describeDataset, openDatasetOrStandIn } from '../datasets.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  allSettings,
  configFrom,
  outputOptionsFrom,
} from '../arguments/flags.js';
import {
  formatCount,
  formatLoss,
  formatPercent,
  formatSeconds,
  formatWholePercent,
} from '../../core/format.js';
import { ORIGINAL_REPORT } from '../../core/originalReport.js';
import type { Io } from '../io.js';
import { printLayerTable } from '../terminal/layerTable.js';
import { Output } from '../terminal/output.js';
import { addReportFlags, printReport, reportOn } from '../reports.js';
import { assertNotInterrupted } from '../terminal/results.js';
import { addSeedsFlag, seedsFrom, seedsResult } from '../seeds.js';
import { trainSeeds } from './train.js';

/** Both networks have the same settings, names of their own, and weights of their own to start from. */
const settings = allSettings.filter((setting) => !['model', 'name', 'initFrom', 'freeze'].includes(setting));

export function addReproduce(program: Command, io: Io, commandLine: string): void {
  const command = program
    .command('reproduce')
    .description('Reproduce the report: train its network, then an MLP to compare it with, and test both.');
  addSettings(command, settings);
  addSeedsFlag(command);
  addReportFlags(command);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling reproduce', 'as in the report'],
    ['inkling reproduce --seeds 0..4', 'five times, with statistics'],
    ['inkling reproduce --author "Y. N."', 'with your name on its report'],
    ['inkling reproduce --dataset digits --epochs 1', 'in a hurry, offline'],
  ]);
  command.action(async () => {
    const output = new Output(io, outputOptionsFrom(command));
    const asked = configFrom(command, settings);
    const seeds = seedsFrom(command, asked);
    const { dataset, config, note } = await openDatasetOrStandIn(asked, io, output);
    output.lines(describeDataset(dataset, config.splitSeed));
    output.line();
    const data = { input: dataset.shape, classes: dataset.classes.length };
    printLayerTable(resolveModel(preset(ORIGINAL_REPORT.model.value, data)), output);

    const train = async (model: string): Promise<FinishedRun[]> => {
      output.line();
      const context = { io, output, commandLine, note };
      const runs = await trainSeeds({ ...config, model }, seeds, dataset, context);
      assertNotInterrupted(runs[runs.length - 1], config.epochs);
      return runs;
    };
    const cnns = await train(ORIGINAL_REPORT.model.value);
    const mlps = await train(ORIGINAL_REPORT.baseline.value);
    const [[cnn], [mlp]] = [cnns, mlps];
    output.line();
    printComparison(cnn, mlp, output);
    output.line();
    const report = await reportOn(
      [...cnns, ...mlps].map(({ folder }) => folder),
      command.opts<ReportOptions>(),
    );
    printReport(report, output);
    if (note !== undefined) {
      output.line();
      output.line(
        output.paint(
          'yellow',
          `These are results on the built-in data set "${dataset.name}", not on the real one: see the notice above.`,
        ),
      );
    }
    output.result(
      seeds.length === 1
        ? {
            cnn: { folder: cnn.folder, ...cnn.summary },
            mlp: { folder: mlp.folder, ...mlp.summary },
            report,
          }
        : { cnn: seedsResult(cnns), mlp: seedsResult(mlps), report },
    );
  });
}

function printComparison(cnn: FinishedRun, mlp: FinishedRun, output: Output): void {
  const { testAccuracy, baselineTestAccuracy } = ORIGINAL_REPORT;
  const row = (title: string, cell: (summary: RunSummary) => string) => [
    title,
    cell(cnn.summary),
    cell(mlp.summary),
  ];
  output.heading(`Comparison, seed ${cnn.summary.seed}`);
  output.table(
    [
      row('', ({ model }) => model.name),
      row('test accuracy', ({ test }) => (test ? formatPercent(test.accuracy) : '-')),
      [
        'the report, on MNIST',
        formatPercent(testAccuracy.value),
        `about ${formatWholePercent(baselineTestAccuracy.value)}`,
      ],
      row('test loss', ({ test }) => (test ? formatLoss(test.loss) : '-')),
      row('parameters', ({ model }) => formatCount(model.parameters)),
      row('time', ({ timing }) => formatSeconds(timing.totalSeconds)),
      row('images/s in training', ({ timing }) => formatCount(timing.imagesPerSecond)),
    ],
    ['left', 'right', 'right'],
  );
  output.line();
  output.lines(['Run folders:', `  ${cnn.folder}`, `  ${mlp.folder}`]);
}
