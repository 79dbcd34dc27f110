import type { Command } from 'commander';
import { UsageError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import type { Dataset } from '../../data/dataset.js';
import type { SavedModel } from '../../interop/checkpoint.js';
import { calibrationNotice } from '../../predict/calibration.js';
import { describeSelection } from '../../predict/fitting/describeSelection.js';
import { readSavedModel } from '../../predict/load.js';
import type { ViewSettings } from '../../predict/viewSettings.js';
import { datasetUse } from '../../runs/evaluateRun.js';
import { embedTestImages } from '../../runs/measurements/embedTestImages.js';
import { saveMeasurement } from '../../runs/measurements/measurement.js';
import { UMAP_MISSING } from '../../runs/measurements/umap.js';
import { readRun } from '../../runs/readRun.js';
import { evaluateInDetail } from '../../runs/statistics/evaluateInDetail.js';
import type { Config } from '../../train/config.js';
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
import { measureAndPrintRobustness } from '../terminal/evaluation/robustness.js';
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
  readonly corruptions?: boolean;
  readonly embedding?: boolean;
}

export function addEvaluate(program: Command, io: Io): void {
  const command = program
    .command('evaluate')
    .description("Evaluate a run's best weights on test images. By default, the run's own settings apply.")
    .argument('<RUN>', 'a run, by name or folder');
  addSettings(command, ['dataset', 'dataDir', 'skipUnreadable', 'threads', 'tta'], 'none');
  addSettings(command, ['runDir']);
  command
    .option(
      '--corruptions',
      'also measure the accuracy on test images that are shifted, rotated, noisy, blurred, or low in contrast; reports show it',
    )
    .option('--embedding', 'also embed the test images in a plane, which reports show');
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling evaluate mlp-mnist-1', 'a run in the folder "runs"'],
    ['inkling evaluate mlp-digits-1 --dataset mnist', 'use another data set'],
    ['inkling evaluate mlp-mnist-1 --tta shift=1', 'average five views per image'],
    ['inkling evaluate runs/mlp-mnist-1 --json', 'print JSON'],
    ['inkling evaluate mlp-mnist-1 --corruptions', 'on changed images, too'],
  ]);
  command.action(async (run: string) => {
    const options = command.opts<Options>();
    checkMeasurements(options);
    const folder = resolveRunFolder(run, options.runDir);
    const record = readRun(folder);
    const { config } = record;
    const saved = readSavedModel(folder);
    const { classes, model, inputKind, calibration } = saved;
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
    const { threads = config.threads, tta = config.tta } = options;
    const metrics = await evaluateInDetail(saved, dataset, { threads, tta });
    printClassTables(metrics, classes, output);
    output.line();
    output.conclusion(`${folder} on ${dataset.name}: ${describeTest(metrics)}`);
    const notice = calibrationNotice(calibration);
    if (notice !== undefined) output.message(notice);
    else if (calibration !== undefined) output.line(`calibration: ${describeSelection(calibration)}`);
    const measured = await measureFurther({ folder, saved, config }, dataset, options, io, output);
    output.result({ folder, dataset: dataset.name, ...metrics, ...measured });
  });
}

/** @throws {UsageError} for an embedding that no report could show */
function checkMeasurements({ embedding, dataset }: Options): void {
  if (embedding !== true || dataset === undefined) return;
  throw new UsageError(
    "--embedding: is for reports, which show the run's own test images; leave out --embedding or --dataset",
  );
}

/** What is measured besides: it is recorded for reports, unless other images or views are evaluated than those of the run. */
async function measureFurther(
  { folder, saved, config }: { folder: string; saved: SavedModel; config: Config },
  dataset: Dataset,
  options: Options,
  io: Io,
  output: Output,
): Promise<object> {
  const { threads = config.threads, tta = config.tta } = options;
  const isOwn = options.dataset === undefined && options.tta === undefined;
  const robustness =
    options.corruptions === true
      ? await measureAndPrintRobustness(saved, dataset, { threads, tta }, io, output)
      : undefined;
  if (robustness !== undefined && isOwn) {
    output.line(`recorded for reports: ${saveMeasurement(folder, 'robustness', robustness)}`);
  }
  if (options.embedding !== true) return { robustness };
  const embedding = await io.interruptible((signal) => embedTestImages(saved, dataset, { threads, signal }));
  const file = saveMeasurement(folder, 'embedding', embedding);
  output.line(`embedded ${formatPlural(embedding.images.length, 'test image')} for reports: ${file}`);
  if (embedding.umap === undefined) output.line(UMAP_MISSING);
  return { robustness, embedding };
}
