import { join } from 'node:path';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { writeFileAtomic } from '../platform/files.js';
import { makeFolder } from '../platform/folders.js';
import { HTML_FILE, MARKDOWN_FILE, PDF_FILE } from './reportFiles.js';
import type { RenderedReport } from './renderedReport.js';
import { renderReport, type ReportOptions, type ReportSource } from './renderReport.js';
import { renderSweepReport } from './sweep/renderSweepReport.js';
import { TRIALS_FILE } from './sweep/trialsCsv.js';

const FIGURES_FOLDER = 'figures';

/** The paths of the written report of a sweep. */
export interface WrittenSweepReport extends WrittenReport {
  /** A CSV table of all trials. */
  readonly trials: string;
}

/** The paths of a written report. */
export interface WrittenReport {
  readonly html: string;
  /** Missing where Typst is not installed; see `NO_TYPESETTER`. */
  readonly pdf: string | undefined;
  /** The report for Pandoc, beside which are the bibliography and the programs that train the network. */
  readonly markdown: string;
  /** The folder with an SVG and a PNG file of each figure. */
  readonly figures: string;
}

/**
 * Creates the report of a run or of a training in memory as HTML, as PDF, as Markdown for Pandoc, and as figures.
 *
 * @param sources one or more: first the training to report on, then those to compare it with
 * @param out the folder to write to, which is created if necessary
 * @throws {UnsupportedError} in a browser
 * @throws {InklingError} for the reasons of `renderReport`, or if a file cannot be written
 */
export async function writeReport(
  sources: readonly ReportSource[],
  out: string,
  options: ReportOptions = {},
): Promise<WrittenReport> {
  checkValues('writeReport', { out }, { out: kinds.path });
  return writeRendered(await renderReport(sources, options), out);
}

/**
 * Creates the report of a sweep as HTML, as PDF and as figures, with all trials as a CSV table.
 *
 * @param folder of the sweep, which may not have ended
 * @param out the folder to write to, which is created if necessary; by default that of the sweep
 * @throws {UnsupportedError} in a browser
 * @throws {InklingError} for the reasons of `renderSweepReport`, or if a file cannot be written
 */
export async function writeSweepReport(
  folder: string,
  out = folder,
  options: ReportOptions = {},
): Promise<WrittenSweepReport> {
  checkValues('writeSweepReport', { folder, out }, { folder: records.sweepFolder, out: kinds.path });
  const { trials, ...rendered } = await renderSweepReport(folder, options);
  const files = { ...writeRendered(rendered, out), trials: join(out, TRIALS_FILE) };
  writeFileAtomic(files.trials, trials);
  return files;
}

/**
 * Writes a report to a folder.
 *
 * @throws {InklingError} if a file cannot be written
 */
export function writeRendered(
  { html, pdf, figures, files: others }: RenderedReport,
  out: string,
): WrittenReport {
  const files = {
    html: join(out, HTML_FILE),
    pdf: pdf && join(out, PDF_FILE),
    markdown: join(out, MARKDOWN_FILE),
    figures: join(out, FIGURES_FOLDER),
  };
  makeFolder(out);
  writeFileAtomic(files.html, html);
  if (files.pdf !== undefined && pdf !== undefined) writeFileAtomic(files.pdf, pdf);
  for (const [name, content] of others) writeFileAtomic(join(out, name), content);
  makeFolder(files.figures);
  for (const [name, content] of figures) writeFileAtomic(join(files.figures, name), content);
  return files;
}
