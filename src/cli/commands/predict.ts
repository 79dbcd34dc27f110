import type { Command } from 'commander';
import { z } from 'zod';
import { InklingError, UsageError } from '../../core/errors.js';
import { formatPlural, printable } from '../../core/format.js';
import { sizeOf } from '../../core/shape.js';
import { MAX_IMAGE_FILE_BYTES } from '../../images/limits.js';
import { ImagePreprocessor } from '../../images/preprocessor.js';
import { kindOf, readBytes, writeFileAtomic } from '../../platform/files.js';
import { Classifier } from '../../predict/classifier.js';
import { rank } from '../../predict/ranking.js';
import type { TrainedModel } from '../../predict/trainedModel.js';
import { formatAsciiImage } from '../terminal/asciiImage.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../arguments/flags.js';
import type { Io } from '../io.js';
import { namesTrainedModel, resolveTrainedModel } from '../../runs/resolveModel.js';
import { Output } from '../terminal/output.js';
import { findImageFiles, looksLikeImagePath } from '../../predict/findImages.js';
import {
  describePrediction,
  type Prediction,
  predictionOf,
  predictionResult,
  predictionsCsv,
} from '../../predict/predictions.js';
import { answerTable, tableOf } from '../tableAnswers.js';
import { parseValue } from '../arguments/values.js';

/** The best class and the runner-up. */
const DEFAULT_TOP = 2;
const topCount = z.int().min(1).max(1000);

interface Options {
  readonly top: number;
  readonly csv?: string;
  readonly show?: boolean;
  readonly number?: boolean;
  readonly runDir: string;
}

export function addPredict(program: Command, io: Io): void {
  const command = program
    .command('predict')
    .description('Say what is on pictures: PNG, JPEG, WebP, GIF or SVG files, folders of them, globs.')
    .argument(
      '<RUN|IMAGE...>',
      'a run or its weights (default: the pretrained network), and pictures, or a .csv file of pixels',
    )
    .option(
      '--top <K>',
      'how many classes to name',
      (word) => parseValue(topCount, word, '--top'),
      DEFAULT_TOP,
    )
    .option('--number', 'read digits side by side as a number')
    .option('--show', 'print what the network sees, as characters')
    .option('--csv <FILE>', 'write the answers to a file, a row a picture; to a table, as Kaggle takes them');
  addSettings(command, ['runDir']);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling predict seven.png', 'with the pretrained network'],
    ['inkling predict mlp-mnist-1 scans', 'a folder, with a run of yours'],
    ["inkling predict 'scans/*.jpg' --csv read.csv", 'as a table'],
    ['inkling predict year.png --number --show', 'a number, and what it saw'],
    ['inkling predict test.csv --csv answers.csv', 'ImageId,Label for Kaggle'],
  ]);
  command.action(async (words: string[]) => {
    const options = command.opts<Options>();
    const output = new Output(io, outputOptionsFrom(command));
    const { run, pictures } = runAndPictures(words, options.runDir);
    const trained = resolveTrainedModel(run, options.runDir);
    const table = tableOf(pictures);
    if (table !== undefined) {
      await answerTable(trained, table, options, output);
      return;
    }
    const predictions = await predictAll(trained, pictures, options, { io, output });
    if (options.csv !== undefined) writeFileAtomic(options.csv, predictionsCsv(predictions, options.top));
    output.result({ model: trained.saved.model.name, pictures: predictions.map(predictionResult) });
    const failed = predictions.filter((prediction) => 'error' in prediction).length;
    if (failed > 0) {
      throw new InklingError(`${formatPlural(failed, 'picture')} of ${predictions.length} could not be read`);
    }
  });
}

/** The first word is a run where one has that name, else a picture. */
function runAndPictures(
  words: readonly string[],
  runDir: string,
): { run?: string; pictures: readonly string[] } {
  const [first, ...others] = words;
  if (namesTrainedModel(first, runDir)) {
    if (others.length > 0) return { run: first, pictures: others };
    throw new UsageError(`predict: expected pictures behind the run "${first}", got none; name one`);
  }
  if (kindOf(first) === 'none' && !looksLikeImagePath(first)) {
    throw new UsageError(
      `predict: expected a run or a picture, got "${first}", which is neither; "inkling runs" lists the runs there are`,
    );
  }
  return { pictures: words };
}

/** Reads one picture after the other, and says at once what is on it. */
async function predictAll(
  { saved, calibration }: TrainedModel,
  words: readonly string[],
  { top, show = false, number = false }: Options,
  { io, output }: { io: Io; output: Output },
): Promise<Prediction[]> {
  const classifier = await Classifier.create(saved);
  const {
    model: { input },
    classes,
  } = saved;
  const preprocessor = new ImagePreprocessor(input, saved.inputKind);
  const predictions: Prediction[] = [];
  try {
    for (const { file, problem } of await findImageFiles(words)) {
      io.signal.throwIfAborted();
      const prediction = await predictionOf(file, async () => {
        if (problem !== undefined) throw new InklingError(problem);
        const bytes = new Uint8Array(readBytes(file, MAX_IMAGE_FILE_BYTES));
        const images = await preprocessor.preprocess(bytes, number ? 'number' : 'single');
        if (show) showImages(images, input, output);
        return rank(classifier.logits(images), { classes, calibration, count: top });
      });
      predictions.push(prediction);
      if ('error' in prediction) io.stderr.write(`inkling: ${printable(file)}: ${prediction.error}\n`);
      else output.conclusion(describePrediction(file, prediction.images));
    }
  } finally {
    await preprocessor.close();
  }
  return predictions;
}

function showImages(images: Float32Array, shape: readonly number[], output: Output): void {
  const size = sizeOf(shape);
  for (let start = 0; start < images.length; start += size) {
    output.lines(formatAsciiImage(images.subarray(start, start + size), shape));
  }
}
