import { areEqual } from '../core/arrays.js';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { describeType } from '../core/checkPixels.js';
import { InklingError, UsageError } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import type { TrainingRecord } from '../interop/trainingRecord.js';
import { resolveModel } from '../models/resolve.js';
import { recordPredictions } from '../runs/recordPredictions.js';
import { trainingFactsOf } from '../runs/trainingFacts.js';
import { scoreSaved } from '../train/evaluate.js';
import { type ClassificationMetrics, metricsOf } from '../train/metrics.js';
import type { BestModel } from '../train/state/snapshots.js';
import { trainingTask } from '../train/task.js';
import type { FitResult } from '../train/trainAndScore.js';
import { explainExamples } from './explanations.js';
import { extractFeatures } from './features.js';
import type { ReportedTraining } from './reportedTraining.js';
import type { ReportRun } from './reportRun.js';

/**
 * What a report needs to know about a training in memory. Its test images are scored again, for their probabilities.
 *
 * @throws {UsageError} for anything but the result of `fit` and its data set
 * @throws {InklingError} if training was interrupted, or had another data set
 */
export async function reportRunOf({ result, dataset, backbone }: ReportedTraining): Promise<ReportRun> {
  checkResult(result);
  checkArguments('renderReport', { dataset });
  const { best, test, predictions, training } = finishedParts(result);
  assertSameDataset({ best, test, predictions }, dataset);
  // A backbone has the name of the model that its weights are from, and so has what is trained.
  const config = { ...result.config, ...(backbone && { initFrom: best.model.name }) };
  const task = trainingTask(resolveModel(best.model), dataset, config);
  const scores = await scoreSaved(best, dataset, { threads: task.threads, tta: config.tta });
  const predictionRecord = recordPredictions(dataset, task.split, { ...scores, predictions });
  return {
    name: undefined,
    config,
    summary: {
      ...trainingFactsOf(task, result.epochs),
      version: training.version,
      startedAt: training.date,
      stopReason: result.stopReason,
      newHead: backbone?.newHead,
      calibration: best.calibration,
    },
    test,
    predictionRecord,
    saved: best,
    features: await extractFeatures(best, predictionRecord),
    explanations: await explainExamples(best, predictionRecord),
  };
}

/** Programs in JavaScript may pass anything, such as a promise that they did not await. */
function checkResult(result: unknown): void {
  const fields: readonly (keyof FitResult)[] = ['config', 'epochs', 'stopReason'];
  if (typeof result === 'object' && result !== null && fields.every((field) => field in result)) return;
  throw new UsageError(
    `renderReport: result: expected the result of a training, such as await fit(…), got ${describeType(result)}`,
  );
}

interface FinishedParts {
  readonly best: BestModel;
  readonly test: ClassificationMetrics;
  readonly predictions: Int32Array;
}

function finishedParts({
  best,
  test,
  predictions,
  epochs,
  config,
}: FitResult): FinishedParts & { readonly training: TrainingRecord } {
  const training = best?.training;
  if (best !== undefined && test !== undefined && predictions !== undefined && training !== undefined) {
    return { best, test, predictions, training };
  }
  throw new InklingError(
    `report: expected a finished training with test results, got one that was interrupted after ${epochs.length} of ${config.epochs} epochs; resume it`,
  );
}

/** Compares what the result states of the test images with the data set. */
function assertSameDataset({ best, test, predictions }: FinishedParts, dataset: Dataset): void {
  const { name, classes, test: images } = dataset;
  const isSame =
    areEqual(classes, best.classes) &&
    images.labels.length === predictions.length &&
    areEqual(
      metricsOf({ losses: new Float32Array(), predictions }, images.labels, classes.length).confusion.flat(),
      test.confusion.flat(),
    );
  if (isSame) return;
  throw new InklingError(
    `report: expected the data set of the training, ${best.dataset}, got other test images or classes (${name}); pass what fit was given`,
  );
}
