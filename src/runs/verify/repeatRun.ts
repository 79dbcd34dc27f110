import { InklingError, MachineError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { matchClasses } from '../../data/matchClasses.js';
import { calibrationSchema } from '../../interop/calibrationRecord.js';
import { problemOf, USE_CPU } from '../../platform/gpu/useCpu.js';
import { describeDevice } from '../../train/device/usedDevices.js';
import { publishedNetworkOf } from '../../train/fineTune.js';
import { savedMetricsSchema } from '../../train/metrics.js';
import type { TrainingTask } from '../../train/task.js';
import type { EngineInfo } from '../../train/trainingHooks.js';
import { assess } from '../assessment/assess.js';
import { withoutPrototypes } from '../assessment/saveAssessedModel.js';
import type { RunHooks } from '../conductRun.js';
import { recordedTask } from '../dataset/recordedTask.js';
import { PREDICTIONS_FILE, SUMMARY_FILE } from '../runFiles.js';
import { startingModel } from '../start/startingModel.js';
import { checkImages, checkStart } from './checkInputs.js';
import { Comparison, type FoundDifference } from './comparison.js';
import { asJson } from './firstDifference.js';
import { devicesOf, type RecordedRun } from './recordedRun.js';
import { type RepeatedTraining, repeatTraining } from './repeatTraining.js';
import type { Verification } from './verification.js';

/** What comes of repeating a run. */
export interface Repetition extends Pick<Verification, 'compared' | 'epochs'> {
  readonly difference: FoundDifference | undefined;
  readonly threads: number;
  /** Undefined if none has started. */
  readonly engine: EngineInfo | undefined;
}

/** Who learns of a repetition's events, what interrupts it, and its threads. */
export type RepetitionHooks = Pick<RunHooks, 'onEvent' | 'onDownload' | 'signal' | 'threads'>;

/**
 * Repeats the training of a run and, if that gives the same bits, the test of its model.
 *
 * @param epochs how many to repeat
 * @throws {InklingError} when its images, or the weights that it started from, have changed, or the signal was aborted
 */
export async function repeatRun(
  run: RecordedRun,
  given: Dataset,
  epochs: number,
  hooks: RepetitionHooks,
): Promise<Repetition> {
  const { folder, config, definition } = run;
  const dataset = matchClasses(given, definition.classes);
  checkImages(run, dataset);
  // The device that trained it, also if it was chosen.
  const device = devicesOf(run)[0].kind;
  const task = recordedTask(definition, { ...config, threads: undefined, device }, dataset, hooks.threads);
  const backbone = await startingModel(config, dataset, hooks);
  if (backbone !== undefined) checkStart(run, config.initFrom ?? publishedNetworkOf(config) ?? '', backbone);
  const { parameterCount: parameters } = task.model;
  hooks.onEvent?.({ type: 'started', folder, config, parameters, newHead: backbone?.newHead });
  const comparison = new Comparison(run);
  const training = await repeatTraining(
    run,
    { task, start: { backbone } },
    { epochs, comparison },
    hooks,
  ).catch((error: unknown) => {
    throw device === 'gpu' ? withoutGpu(run, error) : error;
  });
  const isWhole = training.epochs === epochs;
  if (comparison.difference === undefined && !isWhole) {
    if (hooks.signal?.aborted === true) throw interruption(training);
    const [recorded, repeated] = [epochs, training.epochs].map((number) => ({ epochs: number }));
    comparison.addResult('the end of training', SUMMARY_FILE, recorded, repeated);
  }
  const isTested = comparison.difference === undefined && training.tested !== undefined;
  if (isTested) await repeatTest(run, task, training, comparison, hooks);
  return {
    epochs: training.epochs,
    compared: { ...comparison.compared, weights: comparison.weights, test: isTested },
    difference: comparison.difference,
    threads: task.threads,
    engine: training.engine,
  };
}

/** Tests and calibrates the model again. */
async function repeatTest(
  { summary, predictions }: RecordedRun,
  task: TrainingTask,
  training: RepeatedTraining,
  comparison: Comparison,
  { signal }: RepetitionHooks,
): Promise<void> {
  const { tested, features } = training;
  const recorded = summary?.calibration;
  if (tested === undefined || summary?.test === undefined) return;
  // Earlier versions fitted the calibration to the images that selected the epoch, and did not record this.
  const crossFit = recorded?.selection === 'cross-fitted' ? training.crossFit : undefined;
  const assessment = await assess(tested, task, { signal, features, crossFit }).catch((error: unknown) => {
    throw signal?.aborted === true ? interruption(training) : error;
  });
  const where = 'the test';
  const { test, calibration } = assessment;
  comparison.addResult(
    where,
    SUMMARY_FILE,
    { test: summary.test },
    { test: savedMetricsSchema.parse(asJson(test)) },
  );
  if (predictions !== undefined) {
    // The file's version is not a result.
    const recorded = { ...predictions, format: undefined };
    comparison.addResult(where, PREDICTIONS_FILE, recorded, assessment.predictions);
  }
  if (recorded === undefined || calibration === undefined) return;
  const { selection, ...repeated } = calibrationSchema.parse(asJson(withoutPrototypes(calibration)));
  comparison.addResult(
    'the calibration',
    SUMMARY_FILE,
    { calibration: recorded },
    { calibration: { ...repeated, ...(recorded.selection && { selection }) } },
  );
}

/** Other errors advise to use the CPU, which cannot repeat what a GPU has computed. */
function withoutGpu(run: RecordedRun, error: unknown): unknown {
  if (!(error instanceof InklingError) || !error.message.includes(USE_CPU)) return error;
  return new MachineError(
    `verify: ${run.folder} was trained on ${describeDevice(devicesOf(run)[0])}, which is needed to repeat it: ${problemOf(error)}`,
    { cause: error },
  );
}

function interruption({ epochs }: RepeatedTraining): InklingError {
  return new InklingError(`verify: interrupted after epoch ${epochs}; nothing was recorded`);
}
