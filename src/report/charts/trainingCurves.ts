import type { EpochRecord } from '../../train/events.js';
import type { Curve } from './curves.js';

/** The losses of training and validation, which a report and the page show alike. */
export function lossCurves(epochs: readonly EpochRecord[]): readonly [Curve, Curve] {
  return [
    { title: 'training', values: epochs.map(({ trainLoss }) => trainLoss) },
    { title: 'validation', values: epochs.map(({ validationLoss }) => validationLoss) },
  ];
}

/** The same of the accuracies, in percent. */
export function accuracyCurves(epochs: readonly EpochRecord[]): readonly [Curve, Curve] {
  return [
    { title: 'training', values: epochs.map(({ trainAccuracy }) => 100 * trainAccuracy) },
    { title: 'validation', values: epochs.map(({ validationAccuracy }) => 100 * validationAccuracy) },
  ];
}
