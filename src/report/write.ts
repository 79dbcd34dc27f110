import { join } from 'node:path';
import { writeFileAtomic } from '../platform/files.js';
import { makeFolder } from '../platform/folders.js';
import type { ReportDocument } from './document.js';
import { type FrontMatter, makeReport } from './content/report.js';
import { drawFigures, type Drawings } from './draw/drawings.js';
import { standaloneSvg } from './draw/standalone.js';
import { renderPage } from './html/page.js';
import { light } from './palette.js';
import { rasterizeInWorker } from './rasterizeInWorker.js';
import { readReportRun, type ReportRun } from './reportRun.js';
import { findTypesetter } from './typst/compiler.js';
import { type PaperSize, typesetReport } from './typst/paper.js';

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
  { paper = 'a4', ...titles }: ReportOptions = {},
): Promise<WrittenReport> {
  const [first, ...rest] = folders;
  const runs: [ReportRun, ...ReportRun[]] = [await readReportRun(first)];
  for (const folder of rest) runs.push(await readReportRun(folder));
  const document = makeReport(runs, titles);
  const drawings = await drawFigures(document);

  const files = {
    html: join(out, HTML_FILE),
    pdf: join(out, PDF_FILE),
    figures: join(out, FIGURES_FOLDER),
  };
  makeFolder(out);
  writeFileAtomic(files.html, renderPage(document, drawings));
  const [hasPdf] = await Promise.all([
    writePdf(files.pdf, document, drawings, paper),
    writeFigures(drawings, files.figures),
  ]);
  return hasPdf ? files : { ...files, pdf: undefined };
}

/** @returns whether the PDF was written: not if Typst is not installed */
async function writePdf(
  file: string,
  document: ReportDocument,
  drawings: Drawings,
  paper: PaperSize,
): Promise<boolean> {
  const typesetter = await findTypesetter();
  if (typesetter !== undefined) writeFileAtomic(file, typesetReport(typesetter, document, drawings, paper));
  return typesetter !== undefined;
}

async function writeFigures(drawings: Drawings, folder: string): Promise<void> {
  makeFolder(folder);
  const ids = [...drawings.keys()];
  const svgs = [...drawings.values()].map(standaloneSvg);
  const pngs = await rasterizeInWorker({ svgs, background: light.background });
  ids.forEach((id, index) => {
    writeFileAtomic(join(folder, `${id}.svg`), svgs[index]);
    writeFileAtomic(join(folder, `${id}.png`), pngs[index]);
  });
}
