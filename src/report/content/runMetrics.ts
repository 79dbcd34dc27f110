import { detailedMetrics, type DetailedMetrics } from '../../runs/statistics/detailedMetrics.js';
import { scaleProbabilities } from '../../runs/statistics/temperature.js';
import type { RecordedPrediction } from '../../runs/predictionRecord.js';
import type { ReportRun } from '../reportRun.js';

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

function temperatureOf({ summary }: ReportRun): number | undefined {
  return summary.calibration?.temperature;
}
