/** The parts of a report that need fonts and compilers of other packages, which are read from files. */
import type { ReportDocument } from './document.js';
import type { Drawings } from './draw/drawings.js';
import type { PaperSize } from './input/frontMatter.js';
import { light } from './palette.js';
import { rasterizeInWorker } from './rasterizeInWorker.js';
import { findTypesetter } from './typst/compiler.js';
import { typesetReport } from './typst/paper.js';

/** Undefined where Typst is not installed. */
export async function renderPdf(
  document: ReportDocument,
  drawings: Drawings,
  paper: PaperSize,
): Promise<Uint8Array | undefined> {
  const typesetter = await findTypesetter();
  return typesetter && typesetReport(typesetter, document, drawings, paper);
}

/** One PNG file for each SVG image. */
export function renderPngs(svgs: readonly string[]): Promise<readonly Uint8Array[] | undefined> {
  return rasterizeInWorker({ svgs, background: light.background });
}
