import { formatCount, formatPercent } from '../../core/format.js';
import type { Dataset } from '../../data/dataset.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import { limitTraining } from '../../runs/dataset/limitTraining.js';
import { partsOf } from '../../runs/dataset/runParts.js';
import { learningCurve, type LearningCurvePoint } from '../../runs/statistics/learningCurve.js';
import type { Config } from '../../train/config.js';
import type { SeedsOptions } from '../arguments/seeds.js';
import { TRAIN_LIMITS_FLAG } from '../arguments/trainLimits.js';
import type { Output } from './output.js';
import { assertNotInterrupted } from './results.js';
import { trainAndPrint } from './seedTraining.js';
import { SEEDS } from './seeds.js';
import { assertNoneFailed } from './series.js';
import type { TrainingContext } from './training.js';

/**
 * Trains a run for each number of training images and each seed, and prints the accuracy as a function of their number.
 *
 * @throws {InklingError} that says what to do if a run was interrupted, or names those that failed
 */
export async function trainLimitsAndPrint(
  config: Config,
  limits: readonly number[],
  options: SeedsOptions,
  dataset: Dataset,
  context: TrainingContext,
): Promise<void> {
  const { output } = context;
  checkLimits(config, limits, dataset);
  const byLimit: FinishedRun[][] = [];
  for (const trainLimit of limits) {
    if (byLimit.length > 0) output.line();
    output.heading(`Training on ${formatCount(trainLimit)} images`);
    const trained = await trainAndPrint({ ...config, trainLimit }, options, dataset, context);
    assertNotInterrupted(trained[0], config.epochs);
    byLimit.push(trained);
  }
  const runs = byLimit.flat();
  const curve = learningCurve(
    runs.flatMap(({ summary: { dataset: counts, test } }) =>
      test === undefined ? [] : [{ images: counts.train, correct: test.correct, total: test.total }],
    ),
  );
  output.line();
  printCurve(curve, output);
  output.result({ runs: runs.map(({ folder, summary }) => ({ folder, ...summary })), learningCurve: curve });
  assertNoneFailed(runs, SEEDS);
  output.line(
    `to draw the learning curve in a report, run: inkling report ${byLimit
      .reverse()
      .flat()
      .map(({ folder }) => folder)
      .join(' ')}`,
  );
}

/** Before any run is trained, it is known whether there are enough images, and not too few of them for the classes. */
function checkLimits(config: Config, limits: readonly number[], dataset: Dataset): void {
  const { train } = partsOf(dataset, { ...config, trainLimit: undefined });
  for (const limit of [limits[0], limits[limits.length - 1]]) {
    limitTraining(train, dataset.train.labels, { limit, seed: config.seed, setting: TRAIN_LIMITS_FLAG });
  }
}

function printCurve(curve: readonly LearningCurvePoint[], output: Output): void {
  output.heading('Test accuracy by the number of training images');
  output.table(
    [
      ['images', 'runs', 'accuracy', '95 % confidence interval'],
      ...curve.map(({ images, runs, accuracy, interval }) => [
        formatCount(images),
        String(runs),
        formatPercent(accuracy),
        `${formatPercent(interval.low)} to ${formatPercent(interval.high)}`,
      ]),
    ],
    ['right', 'right', 'right', 'left'],
  );
}
