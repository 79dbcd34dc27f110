import { checkOptions, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { checkArray } from '../core/arguments/checkArguments.js';
import { describeType } from '../core/checkPixels.js';
import { UsageError } from '../core/errors.js';
import { makeReport } from './content/report.js';
import { foldsDocument } from './folds/foldsDocument.js';
import { type FrontMatter, type PaperSize, paperSizes } from './input/frontMatter.js';
import { programFiles } from './programs/programFiles.js';
import { readInput } from './input/readInput.js';
import { readReportRun } from './readReportRun.js';
import { renderDocument } from './renderDocument.js';
import type { RenderedReport } from './renderedReport.js';
import type { ReportedTraining } from './reportedTraining.js';
import type { ReportRun } from './reportRun.js';
import { reportRunOf } from './trainingRun.js';

/** How a report is laid out, and what its first page says; by default what `report.json` in the first run's folder says. */
export interface ReportOptions extends FrontMatter {
  /** The path of a PNG, JPEG, or SVG image for the first page; only in Node.js. */
  readonly logo?: string | undefined;
  /** The page size of the PDF, A4 by default. */
  readonly paper?: PaperSize | undefined;
}

/**
 * What a report is about: a run folder, which only Node.js can read, or a training in memory. The folder of the first fold stands for a
 * cross-validation.
 */
export type ReportSource = string | ReportedTraining;

/**
 * Creates the report of a run, of a training in memory, or of a cross-validation, without writing it.
 *
 * @param sources one or more: first the training to report on, then those to compare it with; all need the same test images
 * @example
 * ```ts
 * const options = { model, dataset, settings: { epochs: 5 } };
 * const result = await fit(options);
 * const { html } = await renderReport([{ ...options, result }]);
 * ```
 * @throws {UsageError} for anything else, or trainings on different data sets
 * @throws {UnsupportedError} for a run folder in a browser, or where a Content Security Policy forbids compiling the charts
 * @throws {InklingError} if a run cannot be read, a training was interrupted, or it had another data set
 */
export async function renderReport(
  sources: readonly ReportSource[],
  options: ReportOptions = {},
): Promise<RenderedReport> {
  checkArray('renderReport', sources, 'run folders or trainings');
  if (sources.length === 0) {
    throw new UsageError('renderReport: expected at least one run folder or training, got an empty array');
  }
  checkReportOptions('renderReport', options);
  const { paper = 'a4', ...frontMatter } = options;
  const folds = foldsDocument(sources, frontMatter);
  if (folds !== undefined) return renderDocument(folds, paper);
  const [first, ...rest] = sources;
  const runs: [ReportRun, ...ReportRun[]] = [await reportRunFrom(first)];
  for (const source of rest) runs.push(await reportRunFrom(source));
  const input = readInput(typeof first === 'string' ? first : undefined, frontMatter);
  const rendered = await renderDocument(makeReport(runs, input), paper);
  return { ...rendered, files: new Map([...rendered.files, ...programFiles(runs[0])]) };
}

const OPTIONS: OptionKinds<ReportOptions> = {
  paper: kinds.oneOf(paperSizes),
  title: kinds.text,
  author: { what: 'a name or an array of names', accepts: isNames },
  affiliation: kinds.text,
  course: kinds.text,
  institution: kinds.text,
  date: kinds.text,
  logo: kinds.path,
};

function isNames(value: unknown): boolean {
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  return names.length > 0 && names.every((name) => typeof name === 'string' && name !== '');
}

/** @throws {UsageError} for an unknown option, or one of another kind */
export function checkReportOptions(who: string, options: ReportOptions): void {
  checkOptions(who, options, OPTIONS);
}

/** Programs in JavaScript may pass anything. */
async function reportRunFrom(source: ReportSource | null | undefined): Promise<ReportRun> {
  if (typeof source === 'string') return readReportRun(source);
  if (typeof source === 'object' && source !== null) return reportRunOf(source);
  throw new UsageError(
    `renderReport: expected run folders or trainings, such as { dataset, result: await fit(…) }, got ${describeType(source)}`,
  );
}
