import type { Command } from 'commander';
import {
  formatCount,
  formatLoss,
  formatPercent,
  formatSeconds,
  formatWholePercent,
} from '../../core/format.js';
import * as originalReport from '../../core/originalReport.js';
import { preset } from '../../models/presets.js';
import { resolveModel } from '../../models/resolve.js';
import { loadDatasetOrFallback } from '../../runs/dataset/fallbackDataset.js';
import type { RunSummary } from '../../runs/runSummary.js';
import { summarizeSeeds } from '../../runs/seeds.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import { withoutPasswords } from '../../sweep/queue/bull/connection.js';
import { checkQueue } from '../../sweep/queue/bullQueue.js';
import type { Config } from '../../train/config.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  configFrom,
  outputOptionsFrom,
} from '../arguments/flags.js';
import { allSettings, FOLD_SETTINGS } from '../../train/settings/names.js';
import { addReportFlags, keepReportFlags, reportOptionsFrom, titlesOf } from '../arguments/reportFlags.js';
import { addSeedsFlags, seedsFrom } from '../arguments/seeds.js';
import type { Io } from '../io.js';
import { openDataset } from '../openDataset.js';
import { describeDataset } from '../terminal/dataset.js';
import { printLayerTable } from '../terminal/layerTable.js';
import { measureForReport } from '../terminal/evaluation/measurements.js';
import { Output } from '../terminal/output.js';
import { printCompanions, printReport } from '../terminal/report.js';
import { SEEDS } from '../terminal/seeds.js';
import { assertNoneFailed } from '../terminal/series.js';
import { trainAndPrint } from '../terminal/seedTraining.js';
import { assertNotInterrupted } from '../terminal/results.js';

const { model: REPORT_MODEL, baseline: BASELINE, testAccuracy, baselineTestAccuracy } = originalReport;

/** Both models share these settings; each has its own name and starts from its own initial weights. */
const settings = allSettings.filter(
  (setting) =>
    ![
      ...['model', 'name', 'initFrom', 'backbone', 'weights', 'freeze', 'fineTune', 'trainBatchNorm'],
      ...FOLD_SETTINGS,
    ].includes(setting),
);

export function addReproduce(program: Command, io: Io, commandLine: string): void {
  const command = program
    .command('reproduce')
    .description('Reproduce the report: train its CNN and the MLP it is compared with, and evaluate both.');
  addSettings(command, settings);
  addSeedsFlags(command);
  addReportFlags(command);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling reproduce', 'reproduce the report'],
    ['inkling reproduce --seeds 0..4', 'train five runs of each model'],
    ['inkling reproduce --author "Y. N."', 'put your name on the report'],
    ['inkling reproduce --dataset digits --epochs 1', 'try it quickly and offline'],
  ]);
  command.action(async () => {
    const output = new Output(io, outputOptionsFrom(command));
    const asked = configFrom(command, settings);
    const options = seedsFrom(command, asked);
    await checkQueue(options.queue);
    const { dataset, config, note } = await openOrFallback(asked, io, output);
    output.lines(describeDataset(dataset, config));
    output.line();
    const data = { input: dataset.shape, classes: dataset.classes.length };
    printLayerTable(resolveModel(preset(REPORT_MODEL.value, data)), output);

    const train = async (model: string): Promise<FinishedRun[]> => {
      output.line();
      const context = { io, output, commandLine: withoutPasswords(commandLine), note };
      const runs = await trainAndPrint({ ...config, model }, options, dataset, context);
      assertNotInterrupted(runs[0], config.epochs);
      if (tested(runs).length === 0) assertNoneFailed(runs, SEEDS);
      return runs;
    };
    const cnns = await train(REPORT_MODEL.value);
    const mlps = await train(BASELINE.value);
    const [[cnn, ...otherCnns], testedMlps] = [tested(cnns), tested(mlps)];
    const [mlp] = testedMlps;
    output.line();
    printComparison(cnn, mlp, output);
    output.line();
    const runs = [cnn, ...otherCnns, ...testedMlps].map(({ folder }) => folder);
    await measureForReport(runs, dataset, io, output);
    // Loading the charts takes a moment, which training should not wait for.
    const { writeReport } = await import('../../report/write.js');
    const { writeCompanions } = await import('../../report/companions/writeCompanions.js');
    await keepReportFlags(command, cnn.folder);
    const reportOptions = reportOptionsFrom(command);
    const files = await writeReport(runs, cnn.folder, reportOptions);
    printReport(files, output);
    const companions = writeCompanions(runs, cnn.folder, titlesOf(reportOptions));
    printCompanions(companions, output);
    const report = { ...files, companions };
    if (note !== undefined) {
      output.line();
      output.line({
        text: `These results are for the built-in data set "${dataset.name}", not for ${asked.dataset}; see the notice above.`,
        format: 'yellow',
      });
    }
    output.result(
      options.seeds.length === 1
        ? {
            cnn: { folder: cnn.folder, ...cnn.summary },
            mlp: { folder: mlp.folder, ...mlp.summary },
            report,
          }
        : { cnn: summarizeSeeds(cnns), mlp: summarizeSeeds(mlps), report },
    );
    assertNoneFailed([...cnns, ...mlps], SEEDS);
  });
}

/** The runs that did not fail. */
function tested(runs: readonly FinishedRun[]): FinishedRun[] {
  return runs.filter(({ summary }) => summary.test !== undefined);
}

/** Loads the data set, or the built-in one if it is unavailable, and then prints a notice. */
async function openOrFallback(asked: Config, io: Io, output: Output) {
  const { dataset, config, fallbackReason } = await loadDatasetOrFallback(asked, (settings) =>
    openDataset(settings, io, output),
  );
  if (fallbackReason === undefined) return { dataset, config, note: undefined };
  const replacement = `the built-in data set "${dataset.name}" replaces ${asked.dataset}`;
  output.notice(`NOT ${asked.dataset.toUpperCase()}: ${replacement}`, `${fallbackReason}.`);
  return { dataset, config, note: `${replacement}: ${fallbackReason}` };
}

function printComparison(cnn: FinishedRun, mlp: FinishedRun, output: Output): void {
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
        "report's accuracy on MNIST",
        formatPercent(testAccuracy.value),
        `about ${formatWholePercent(baselineTestAccuracy.value)}`,
      ],
      row('macro F1', ({ test }) => (test ? formatPercent(test.macroF1) : '-')),
      row('test loss', ({ test }) => (test ? formatLoss(test.loss) : '-')),
      row('parameters', ({ model }) => formatCount(model.parameters)),
      row('total time', ({ timing }) => formatSeconds(timing.totalSeconds)),
      row('training images/s', ({ timing }) => formatCount(timing.imagesPerSecond)),
    ],
    ['left', 'right', 'right'],
  );
  output.line();
  output.lines(['Run folders:', `  ${cnn.folder}`, `  ${mlp.folder}`]);
}
