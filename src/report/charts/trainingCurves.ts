import type { RunSummary } from '../../runs/runSummary.js';
import type { Curve } from './curves.js';

/** Training and validation loss, for reports and the web page. */
export function lossCurves(epochs: RunSummary['epochs']): readonly [Curve, Curve] {
  return [
    { title: 'training', values: epochs.map(({ trainLoss }) => trainLoss) },
    { title: 'validation', values: epochs.map(({ validationLoss }) => validationLoss) },
  ];
}

/** Training and validation accuracy in percent; records of older versions lack the training accuracy. */
export function accuracyCurves(epochs: RunSummary['epochs']): readonly Curve[] {
  const curves = [
    { title: 'training', values: epochs.flatMap(({ trainAccuracy }) => trainAccuracy ?? []) },
    { title: 'validation', values: epochs.map(({ validationAccuracy }) => validationAccuracy) },
  ];
  return curves
    .filter(({ values }) => values.length === epochs.length)
    .map(({ title, values }) => ({ title, values: values.map((value) => 100 * value) }));
}
