import type { Command } from 'commander';
import * as z from 'zod';
import { InklingError, UsageError } from '../../core/errors.js';
import { formatCount, formatPlural } from '../../core/format.js';
import { sizeOf } from '../../core/shape.js';
import { isArrayFile } from '../../data/arrays/readArrays.js';
import { writeFileAtomic } from '../../platform/files.js';
import { calibrationNotice } from '../../predict/calibration.js';
import { predictFiles } from '../../predict/predictFiles.js';
import { kaggleCsv, predictionJson, predictionsCsv } from '../../predict/predictionFormats.js';
import type { FilePrediction } from '../../predict/predictions.js';
import { predictTable } from '../../predict/predictTable.js';
import { DEFAULT_TOP, MAX_TOP } from '../../predict/ranking.js';
import type { TrainedModel } from '../../predict/trainedModel.js';
import { splitModelAndImages } from '../../runs/modelArgument.js';
import { resolveTrainedModel } from '../../runs/resolveModel.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../arguments/flags.js';
import { parseValue } from '../arguments/values.js';
import { findImages } from '../findImages.js';
import type { Io } from '../io.js';
import { formatAsciiImage } from '../terminal/asciiImage.js';
import { Output } from '../terminal/output.js';
import { formatDoubt, formatPrediction } from '../terminal/predictions.js';

const topCount = z.int().min(1).max(MAX_TOP);

interface Options {
  readonly top: number;
  readonly csv?: string;
  readonly show?: boolean;
  readonly number?: boolean;
  readonly runDir: string;
  readonly dataDir?: string;
}

export function addPredict(program: Command, io: Io): void {
  const command = program
    .command('predict')
    .description('Classify images: files, folders with their subfolders, glob patterns, or a CSV table.')
    .argument(
      '<RUN|IMAGE...>',
      'images to classify, or one .csv file of pixels; a run, checkpoint file, or backbone (see inkling train --help) among them selects the model (default: the bundled pretrained model)',
    )
    .option(
      '--top <K>',
      'number of classes to list per image',
      (word) => parseValue(topCount, word, '--top'),
      DEFAULT_TOP,
    )
    .option('--number', 'read a number written in several digits')
    .option('--show', "print the model's input as text")
    .option('--csv <FILE>', "write the predictions to a CSV file; for a table of pixels, in Kaggle's format");
  addSettings(command, ['dataDir'], 'none');
  addSettings(command, ['runDir']);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling predict seven.png', 'with the pretrained model'],
    ['inkling predict mlp-mnist-1 scans', 'a folder, with your own run'],
    ['inkling predict efficientnet-lite0 cat.jpg', "with ImageNet's 1,000 classes"],
    ["inkling predict 'scans/*.jpg' --csv out.csv", 'write a CSV file'],
    ['inkling predict year.png --number --show', 'a number of several digits'],
    ['inkling predict test.csv --csv out.csv', 'write ImageId,Label for Kaggle'],
  ]);
  command.action(async (words: string[]) => {
    const options = command.opts<Options>();
    const context = { output: new Output(io, outputOptionsFrom(command)) };
    const { model, images } = splitModelAndImages('predict', words, options.runDir);
    const { runDir, dataDir } = options;
    const trained = await resolveTrainedModel(model, { runDir, dataDir, environment: io.environment });
    const table = tableAmong(images);
    const notice = calibrationNotice(trained.saved.calibration);
    if (notice !== undefined) context.output.message(notice);
    if (table === undefined) await printFiles(trained, images, options, context);
    else await printTable(trained, table, options, context);
  });
}

interface Context {
  readonly output: Output;
}

/** @throws {UsageError} when a table is not the only argument */
function tableAmong(words: readonly string[]): string | undefined {
  const table = words.find(isArrayFile);
  if (table === undefined || words.length === 1) return table;
  throw new UsageError(
    `predict: expected the table "${table}" alone, got ${words.length} paths; classify other images in a separate command`,
  );
}

/** Classifies files one by one and prints each prediction immediately. */
async function printFiles(
  trained: TrainedModel,
  words: readonly string[],
  { top, csv, show = false, number = false }: Options,
  { output }: Context,
): Promise<void> {
  const { input, name } = trained.saved.model;
  const predictions: FilePrediction[] = [];
  const options = {
    top,
    content: number ? 'number' : 'single',
    onInput: (images: Float32Array) => {
      if (show) printInput(images, input, output);
    },
  } as const;
  const files = await findImages(words, output);
  for await (const prediction of predictFiles(trained, files, options)) {
    predictions.push(prediction);
    const { file } = prediction;
    if ('error' in prediction) output.message(`${file}: ${prediction.error}`);
    else {
      if (prediction.note !== undefined) output.message(`${file}: ${prediction.note}`);
      output.conclusion(formatPrediction(file, prediction.images));
    }
  }
  if (csv !== undefined) writeFileAtomic(csv, predictionsCsv(predictions, top));
  const results = predictions.map(predictionJson);
  // Also under its earlier name, for existing scripts.
  output.result({ model: name, predictions: results, pictures: results });
  const failed = predictions.filter((prediction) => 'error' in prediction).length;
  if (failed > 0) {
    throw new InklingError(
      `${formatCount(failed)} of ${formatPlural(predictions.length, 'file')} could not be read`,
    );
  }
}

async function printTable(
  trained: TrainedModel,
  file: string,
  { top, csv }: Options,
  { output }: Context,
): Promise<void> {
  const predictions = await predictTable(trained, file, top, (interpretation) => {
    output.message(`${file}: ${interpretation}`);
  });
  if (csv === undefined) {
    predictions.forEach((prediction, at) => {
      const label = `${file} ${formatCount(at + 1)}: ${prediction.class}`;
      output.conclusion(`${label}${formatDoubt(prediction)}`);
    });
  } else {
    writeFileAtomic(csv, kaggleCsv(predictions));
    const doubtful = predictions.filter((prediction) => prediction.doubtful).length;
    output.conclusion(
      `wrote ${formatPlural(predictions.length, 'prediction')} for ${file} to ${csv}, ` +
        `${formatCount(doubtful)} of them doubtful`,
    );
  }
  // Also under its earlier name, for existing scripts.
  output.result({ model: trained.saved.model.name, file, predictions, images: predictions });
}

function printInput(images: Float32Array, shape: readonly number[], output: Output): void {
  const size = sizeOf(shape);
  for (let start = 0; start < images.length; start += size) {
    output.lines(formatAsciiImage(images.subarray(start, start + size), shape));
  }
}
