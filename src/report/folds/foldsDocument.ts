import { UsageError } from '../../core/errors.js';
import type { ReportDocument } from '../document.js';
import type { FrontMatter } from '../input/frontMatter.js';
import { readInput } from '../input/readInput.js';
import { makeFoldsReport } from './makeFoldsReport.js';
import { isFold, readReportFolds } from './readReportFolds.js';

/**
 * The report on cross-validations, if that is what the sources are.
 *
 * @param sources run folders, or trainings in memory
 * @throws {UsageError} for folds among other runs, or cross-validations with different folds
 * @throws {InklingError} when a folder is no run, or not that of the first fold
 */
export function foldsDocument(
  sources: readonly unknown[],
  frontMatter: FrontMatter & { readonly logo?: string | undefined },
): ReportDocument | undefined {
  const folders = sources.filter((source) => typeof source === 'string');
  const folds = folders.filter(isFold);
  if (folds.length === 0) return undefined;
  if (folds.length < sources.length) {
    throw new UsageError(
      `report: expected runs, or the first folds of cross-validations, got ${folds[0]}, which is a fold, among others; create a separate report for each`,
    );
  }
  const [first, ...others] = folds;
  return makeFoldsReport(
    [readReportFolds(first), ...others.map(readReportFolds)],
    readInput(first, frontMatter),
  );
}
