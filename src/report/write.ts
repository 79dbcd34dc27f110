import { join } from 'node:path';
import { writeFileAtomic } from '../platform/files.js';
import { makeFolder } from '../platform/folders.js';
import type { FrontMatter, PaperSize } from './frontMatter.js';
import { makeReport } from './content/report.js';
import type { ReportDocument } from './document.js';
import { drawFigures, type Drawings } from './draw/drawings.js';
import { standaloneSvg } from './draw/standalone.js';
import { renderPage } from './html/page.js';
import { light } from './palette.js';
import { rasterizeInWorker } from './rasterizeInWorker.js';
import { readReportRun, type ReportRun } from './reportRun.js';
import { findTypesetter } from './typst/compiler.js';
import { typesetReport } from './typst/paper.js';

const HTML_FILE = 'report.html';
const PDF_FILE = 'report.pdf';
const FIGURES_FOLDER = 'figures';

/** The paths of a written report. */
export interface WrittenReport {
  readonly html: string;
  /** Missing where Typst is not installed; see `NO_TYPESETTER`. */
  readonly pdf: string | undefined;
  /** The folder with an SVG and a PNG file of each figure. */
  readonly figures: string;
}

/** How a report is laid out, and what its first page says. */
export interface ReportOptions extends FrontMatter {
  /** The page size of the PDF, A4 by default. */
  readonly paper?: PaperSize;
}

/**
 * Creates the report of a run as HTML, as PDF and as figures.
 *
 * @param folders run folders: first the run to report on, then those to compare it with
 * @param out the folder to write to, which is created if necessary
 * @throws {InklingError} if a run cannot be read or a file cannot be written
 */
export async function writeReport(
  folders: readonly [string, ...string[]],
  out: string,
  options: ReportOptions = {},
): Promise<WrittenReport> {
  return writeRendered(await renderReport(folders, options), out);
}

/** The contents of a report's files. */
export interface RenderedReport {
  /** A page that contains everything it shows. */
  readonly html: string;
  /** Missing where Typst is not installed. */
  readonly pdf: Uint8Array | undefined;
  /** By file name. */
  readonly figures: ReadonlyMap<string, string | Uint8Array>;
}

/**
 * Creates the report of a run without writing it.
 *
 * @param folders run folders: first the run to report on, then those to compare it with
 * @throws {InklingError} if a run cannot be read
 */
export async function renderReport(
  folders: readonly [string, ...string[]],
  { paper = 'a4', ...titles }: ReportOptions = {},
): Promise<RenderedReport> {
  const [first, ...rest] = folders;
  const runs: [ReportRun, ...ReportRun[]] = [await readReportRun(first)];
  for (const folder of rest) runs.push(await readReportRun(folder));
  const document = makeReport(runs, titles);
  const drawings = await drawFigures(document);
  const [pdf, figures] = await Promise.all([renderPdf(document, drawings, paper), renderFigures(drawings)]);
  return { html: renderPage(document, drawings), pdf, figures };
}

async function renderPdf(
  document: ReportDocument,
  drawings: Drawings,
  paper: PaperSize,
): Promise<Uint8Array | undefined> {
  const typesetter = await findTypesetter();
  return typesetter && typesetReport(typesetter, document, drawings, paper);
}

async function renderFigures(drawings: Drawings): Promise<Map<string, string | Uint8Array>> {
  const svgs = [...drawings.values()].map(standaloneSvg);
  const pngs = await rasterizeInWorker({ svgs, background: light.background });
  const figures = new Map<string, string | Uint8Array>();
  [...drawings.keys()].forEach((id, index) => {
    figures.set(`${id}.svg`, svgs[index]).set(`${id}.png`, pngs[index]);
  });
  return figures;
}

/**
 * Writes a report to a folder.
 *
 * @throws {InklingError} if a file cannot be written
 */
export function writeRendered({ html, pdf, figures }: RenderedReport, out: string): WrittenReport {
  const files = {
    html: join(out, HTML_FILE),
    pdf: pdf && join(out, PDF_FILE),
    figures: join(out, FIGURES_FOLDER),
  };
  makeFolder(out);
  writeFileAtomic(files.html, html);
  if (files.pdf !== undefined && pdf !== undefined) writeFileAtomic(files.pdf, pdf);
  makeFolder(files.figures);
  for (const [name, content] of figures) writeFileAtomic(join(files.figures, name), content);
  return files;
}
