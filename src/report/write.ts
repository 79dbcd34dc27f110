import { join } from 'node:path';
import { makeFolder, writeFileAtomic } from '../platform/files.js';
import type { ReportDocument } from './document.js';
import { makeReport, type Titles } from './content/report.js';
import { drawFigures, type Drawings } from './draw/drawings.js';
import { standaloneSvg } from './draw/standalone.js';
import { renderPage } from './html/page.js';
import { light } from './palette.js';
import { rasterizeAside } from './rasterThread.js';
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
  const [hasPaper] = await Promise.all([
    writePaper(files.paper, document, drawings, paper),
    writeFigures(drawings, files.figures),
  ]);
  return hasPaper ? files : { ...files, paper: undefined };
}

/** @returns whether there is a typesetter */
async function writePaper(
  file: string,
  document: ReportDocument,
  drawings: Drawings,
  paper: Paper,
): Promise<boolean> {
  const typesetter = await findTypesetter();
  if (typesetter !== undefined) writeFileAtomic(file, typesetReport(typesetter, document, drawings, paper));
  return typesetter !== undefined;
}

async function writeFigures(drawings: Drawings, folder: string): Promise<void> {
  makeFolder(folder);
  const ids = [...drawings.keys()];
  const svgs = [...drawings.values()].map(standaloneSvg);
  const pngs = await rasterizeAside({ svgs, background: light.paper });
  ids.forEach((id, place) => {
    writeFileAtomic(join(folder, `${id}.svg`), svgs[place]);
    writeFileAtomic(join(folder, `${id}.png`), pngs[place]);
  });
}
