import type { RunSummary } from '../../runs/runSummary.js';
import type { Curve } from './curves.js';

/** The losses of training and validation, which a report and the page show alike. */
export function lossCurves(epochs: RunSummary['epochs']): readonly [Curve, Curve] {
  return [
    { title: 'training', values: epochs.map(({ trainLoss }) => trainLoss) },
    { title: 'validation', values: epochs.map(({ validationLoss }) => validationLoss) },
  ];
}

/** The same of the accuracies, in percent; records of older versions have none of training. */
export function accuracyCurves(epochs: RunSummary['epochs']): readonly Curve[] {
  const curves = [
    { title: 'training', values: epochs.flatMap(({ trainAccuracy }) => trainAccuracy ?? []) },
    { title: 'validation', values: epochs.map(({ validationAccuracy }) => validationAccuracy) },
  ];
  return curves
    .filter(({ values }) => values.length === epochs.length)
    .map(({ title, values }) => ({ title, values: values.map((value) => 100 * value) }));
}
