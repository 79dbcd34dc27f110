import { checkValues } from '../../core/arguments/checkOptions.js';
import * as records from '../../core/arguments/records.js';
import { readInput } from '../input/readInput.js';
import { renderDocument } from '../renderDocument.js';
import type { RenderedReport } from '../renderedReport.js';
import { checkReportOptions, type ReportOptions } from '../renderReport.js';
import { makeSweepReport } from './makeSweepReport.js';
import { readReportSweep } from './readReportSweep.js';
import { trialsCsv } from './trialsCsv.js';

/** The contents of the files of a sweep's report. */
export interface RenderedSweepReport extends RenderedReport {
  /** A CSV table of all trials. */
  readonly trials: string;
}

/**
 * Creates the report of a sweep without writing it: what was searched, the best trial, and figures of all trials. Only in Node.js.
 *
 * @param folder of the sweep, which may not have ended
 * @throws {UnsupportedError} in a browser
 * @throws {InklingError} if the folder is not that of a sweep, its journal is damaged, or no trial has ended
 */
export async function renderSweepReport(
  folder: string,
  options: ReportOptions = {},
): Promise<RenderedSweepReport> {
  checkValues('renderSweepReport', { folder }, { folder: records.sweepFolder });
  checkReportOptions('renderSweepReport', options);
  const { paper = 'a4', ...frontMatter } = options;
  const sweep = readReportSweep(folder);
  const rendered = await renderDocument(makeSweepReport(sweep, readInput(folder, frontMatter)), paper);
  return { ...rendered, trials: trialsCsv(sweep) };
}
