import { join } from 'node:path';
import type { Dataset } from '../../data/dataset.js';
import { fileBytes } from '../../platform/files.js';
import { BEST_CHECKPOINT, readSavedModel } from '../../predict/load.js';
import { type PairedComparison, comparePredictions } from './comparePredictions.js';
import { scoreSaved } from '../../train/evaluate.js';
import { metricsOf } from '../../train/metrics.js';
import type { FinishedRunRecord } from '../readRun.js';

/** A run in a comparison. */
export interface ComparedRun {
  readonly folder: string;
  readonly model: string;
  readonly accuracy: number;
  readonly correct: number;
  readonly parameters: number;
  /** Per image. */
  readonly multiplyAdds: number;
  /** Undefined for an imported run. */
  readonly trainSeconds: number | undefined;
  /** The size of the checkpoint file. */
  readonly bytes: number;
}

/** The paired results of two runs. */
export interface ComparedPair extends PairedComparison {
  readonly first: string;
  readonly second: string;
}

/** Several runs on the same test images, each alone and in pairs. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  readonly pairs: readonly ComparedPair[];
}

/**
 * Evaluates the best weights of several runs on the same test images, and compares each pair.
 *
 * @throws {InklingError} when a run's model does not fit the data set
 */
export async function compareRuns(
  records: readonly FinishedRunRecord[],
  dataset: Dataset,
  threads: number,
): Promise<Comparison> {
  const { labels } = dataset.test;
  const runs: ComparedRun[] = [];
  const answers: Int32Array[] = [];
  for (const { folder, config, summary } of records) {
    const saved = readSavedModel(folder);
    const { labels: ownLabels, ...scores } = await scoreSaved(saved, dataset, { threads, tta: config.tta });
    const { accuracy, correct } = metricsOf(scores, ownLabels, saved.classes.length);
    const { name: model, parameters, multiplyAdds } = summary.model;
    const trainSeconds = summary.stopReason === 'imported' ? undefined : summary.timing.trainSeconds;
    const bytes = fileBytes(join(folder, BEST_CHECKPOINT));
    runs.push({ folder, model, accuracy, correct, parameters, multiplyAdds, trainSeconds, bytes });
    // Runs may list their classes in different orders.
    const classOf = saved.classes.map((name) => dataset.classes.indexOf(name));
    answers.push(scores.predictions.map((prediction) => classOf[prediction]));
  }
  const pairs = runs.flatMap(({ folder: first }, a) =>
    runs.slice(a + 1).map(({ folder: second }, offset) => ({
      first,
      second,
      ...comparePredictions(answers[a], answers[a + 1 + offset], labels),
    })),
  );
  return { runs, pairs };
}
