import { formatCount, formatPercent } from '../../core/format.js';
import type { Dataset } from '../../data/dataset.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import { partsOf } from '../../runs/dataset/runParts.js';
import { learningCurve, type LearningCurvePoint } from '../../runs/statistics/learningCurve.js';
import type { Config } from '../../train/config.js';
import type { SeedsOptions } from '../arguments/seeds.js';
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
  // Before any is trained, it is known whether there are enough images.
  partsOf(dataset, { ...config, trainLimit: limits[limits.length - 1] });
  const runs: FinishedRun[] = [];
  for (const trainLimit of limits) {
    if (runs.length > 0) output.line();
    output.heading(`Training on ${formatCount(trainLimit)} images`);
    const trained = await trainAndPrint({ ...config, trainLimit }, options, dataset, context);
    assertNotInterrupted(trained[0], config.epochs);
    runs.push(...trained);
  }
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
    `to draw the learning curve in a report, run: inkling report ${runs
      .map(({ folder }) => folder)
      .reverse()
      .join(' ')}`,
  );
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
