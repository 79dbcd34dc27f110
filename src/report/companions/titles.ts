import { termsOf } from '../../data/catalog/terms.js';
import type { CompanionRun } from './companionRun.js';

/** `report-cnn for MNIST` */
export function titleOf({ summary }: Pick<CompanionRun, 'summary'>): string {
  return `${summary.model.name} for ${datasetTitleOf(summary)}`;
}

/** The name of a data set in running text. */
export function datasetTitleOf({ dataset }: Pick<CompanionRun['summary'], 'dataset'>): string {
  if (dataset.source.kind === 'generated') return `the built-in ${dataset.name}`;
  return termsOf(dataset)?.title ?? dataset.name;
}
