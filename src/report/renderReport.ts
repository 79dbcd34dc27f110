import { checkArray } from '../core/checkArguments.js';
import { describeType } from '../core/checkPixels.js';
import { UsageError } from '../core/errors.js';
import { makeReport } from './content/report.js';
import { drawFigures } from './draw/drawings.js';
import { standaloneSvg } from './draw/standalone.js';
import type { FrontMatter, PaperSize } from './frontMatter.js';
import { renderPage } from './html/page.js';
import { renderPdf, renderPngs } from './printed.js';
import { readReportRun } from './readReportRun.js';
import type { ReportedTraining } from './reportedTraining.js';
import type { ReportRun } from './reportRun.js';
import { reportRunOf } from './trainingRun.js';

/** How a report is laid out, and what its first page says. */
export interface ReportOptions extends FrontMatter {
  /** The page size of the PDF, A4 by default. */
  readonly paper?: PaperSize;
}

/** What a report is about: a run folder, which only Node.js can read, or a training in memory. */
export type ReportSource = string | ReportedTraining;

/** The contents of a report's files. */
export interface RenderedReport {
  /** A page that contains everything it shows. */
  readonly html: string;
  /** Only in Node.js, and missing where Typst is not installed. */
  readonly pdf: Uint8Array | undefined;
  /** By file name: an SVG file of each figure, and in Node.js also a PNG file. */
  readonly figures: ReadonlyMap<string, string | Uint8Array>;
}

/**
 * Creates the report of a run or of a training in memory, without writing it.
 *
 * @param sources first the training to report on, then those to compare it with; all need the same test images
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
  sources: readonly [ReportSource, ...ReportSource[]],
  { paper = 'a4', ...titles }: ReportOptions = {},
): Promise<RenderedReport> {
  checkArray('renderReport', sources, 'run folders or trainings');
  const [first, ...rest] = sources;
  const runs: [ReportRun, ...ReportRun[]] = [await reportRunFrom(first)];
  for (const source of rest) runs.push(await reportRunFrom(source));
  const document = makeReport(runs, titles);
  const drawings = await drawFigures(document);
  const svgs = new Map([...drawings].map(([id, drawing]) => [id, standaloneSvg(drawing)]));
  const [pdf, pngs] = await Promise.all([
    renderPdf(document, drawings, paper),
    renderPngs([...svgs.values()]),
  ]);
  const figures = new Map<string, string | Uint8Array>();
  [...svgs].forEach(([id, svg], index) => {
    figures.set(`${id}.svg`, svg);
    if (pngs !== undefined) figures.set(`${id}.png`, pngs[index]);
  });
  return { html: renderPage(document, drawings), pdf, figures };
}

/** Programs in JavaScript may pass anything. */
async function reportRunFrom(source: ReportSource | null | undefined): Promise<ReportRun> {
  if (typeof source === 'string') return readReportRun(source);
  if (typeof source === 'object' && source !== null) return reportRunOf(source);
  throw new UsageError(
    `renderReport: expected run folders or trainings, such as { dataset, result: await fit(…) }, got ${describeType(source)}`,
  );
}
