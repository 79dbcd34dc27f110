import { detailedMetrics, type DetailedMetrics } from '../../../runs/statistics/detailedMetrics.js';
import { scaleProbabilities } from '../../../runs/statistics/temperature.js';
import type { RecordedPrediction } from '../../../runs/predictionRecord.js';
import type { ReportRun } from '../../reportRun.js';

const computed = new WeakMap<ReportRun, DetailedMetrics>();

/** The metrics of the recorded probabilities; undefined if there are none. They are computed once, since several sections show them. */
export function runMetrics(run: ReportRun): DetailedMetrics | undefined {
  const { probabilities, labels } = run.predictionRecord;
  if (probabilities === undefined) return undefined;
  const known = computed.get(run);
  if (known !== undefined) return known;
  const metrics = detailedMetrics(probabilities, labels, { temperature: temperatureOf(run) });
  computed.set(run, metrics);
  return metrics;
}

/** The recorded examples with the probabilities that predictions have: calibrated ones, if the run was calibrated. */
export function calibratedExamples(run: ReportRun): RecordedPrediction[] {
  const temperature = temperatureOf(run) ?? 1;
  return run.predictionRecord.examples.map(({ probabilities, ...example }) => ({
    ...example,
    probabilities: [...scaleProbabilities(probabilities, probabilities.length, temperature)],
  }));
}

/** Of the predictions for the test images, those that reach a calibrated probability, and the correct ones of them. */
export function confidentShare(
  run: ReportRun,
  threshold: number,
): { readonly coverage: number; readonly precision: number } | undefined {
  const { probabilities, labels, predictions } = run.predictionRecord;
  if (probabilities === undefined) return undefined;
  const classes = probabilities.length / labels.length;
  const calibrated = scaleProbabilities(probabilities, classes, temperatureOf(run) ?? 1);
  const confident = Array.from(labels.keys()).filter(
    (image) => calibrated[image * classes + predictions[image]] >= threshold,
  );
  const correct = confident.filter((image) => predictions[image] === labels[image]).length;
  return { coverage: confident.length / labels.length, precision: correct / Math.max(1, confident.length) };
}

/** The share of errors among the most confident predictions for the test images. */
export function errorsAmong(run: ReportRun, coverage: number): number | undefined {
  const { probabilities, labels, predictions } = run.predictionRecord;
  if (probabilities === undefined) return undefined;
  const classes = probabilities.length / labels.length;
  const calibrated = scaleProbabilities(probabilities, classes, temperatureOf(run) ?? 1);
  const confidenceOf = (image: number) => calibrated[image * classes + predictions[image]];
  const count = Math.max(1, Math.round(coverage * labels.length));
  const chosen = Array.from(labels.keys())
    .sort((a, b) => confidenceOf(b) - confidenceOf(a))
    .slice(0, count);
  return chosen.filter((image) => predictions[image] !== labels[image]).length / count;
}

function temperatureOf({ summary }: ReportRun): number | undefined {
  return summary.calibration?.temperature;
}
