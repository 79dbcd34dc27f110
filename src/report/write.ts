import { join } from 'node:path';
import { makeFolder, writeFileAtomic } from '../platform/files.js';
import { makeReport, type Titles } from './content/report.js';
import { drawFigures, type Drawings } from './draw/drawings.js';
import { standaloneSvg } from './draw/standalone.js';
import { renderPage } from './html/page.js';
import { light } from './palette.js';
import { loadRasterizer } from './raster.js';
import { readReportRun, type ReportRun } from './runs.js';
import { findTypesetter } from './typst/compiler.js';
import { type Paper, typesetReport } from './typst/paper.js';

const PAGE_FILE = 'report.html';
const PAPER_FILE = 'report.pdf';
const FIGURES = 'figures';

/** The files of a report. */
export interface WrittenReport {
  readonly page: string;
  /** Missing where Typst is not installed; see `NO_TYPESETTER`. */
  readonly paper: string | undefined;
  /** The folder of the figures, each as SVG and PNG. */
  readonly figures: string;
}

/** What a report is called, and the paper it is set for. */
export interface ReportOptions extends Titles {
  /** A4 when left out. */
  readonly paper?: Paper;
}

/**
 * Makes the report of runs and writes it to a folder.
 *
 * @param folders the run it is about, and others beside it
 * @throws {InklingError} when a run cannot be read or a file cannot be written
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

  const files = { page: join(out, PAGE_FILE), paper: join(out, PAPER_FILE), figures: join(out, FIGURES) };
  makeFolder(out);
  writeFileAtomic(files.page, renderPage(document, drawings));
  await writeFigures(drawings, files.figures);
  const typesetter = await findTypesetter();
  if (typesetter === undefined) return { ...files, paper: undefined };
  writeFileAtomic(files.paper, typesetReport(typesetter, document, drawings, paper));
  return files;
}

async function writeFigures(drawings: Drawings, folder: string): Promise<void> {
  makeFolder(folder);
  const rasterize = await loadRasterizer();
  for (const [id, drawing] of drawings) {
    const svg = standaloneSvg(drawing);
    writeFileAtomic(join(folder, `${id}.svg`), svg);
    writeFileAtomic(join(folder, `${id}.png`), rasterize(svg, light.paper));
  }
}
