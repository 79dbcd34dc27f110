import { bibtexOf } from './bibliography/bibtex.js';
import { citedWorks } from './bibliography/citations.js';
import type { ReportDocument } from './document.js';
import { drawFigures } from './draw/drawings.js';
import { standaloneSvg } from './draw/standalone.js';
import type { PaperSize } from './input/frontMatter.js';
import { readClassifier } from './html/readClassifier.js';
import { renderPage } from './html/page.js';
import { markdownDocument } from './markdown/document.js';
import { renderPdf, renderPngs } from './printed.js';
import { BIBLIOGRAPHY_FILE, MARKDOWN_FILE } from './reportFiles.js';
import type { RenderedReport } from './renderedReport.js';

/** Draws the figures of a report and renders it in all formats. */
export async function renderDocument(document: ReportDocument, paper: PaperSize): Promise<RenderedReport> {
  const drawings = await drawFigures(document);
  const svgs = new Map([...drawings].map(([id, drawing]) => [id, standaloneSvg(drawing)]));
  const [pdf, pngs, classifier] = await Promise.all([
    renderPdf(document, drawings, paper),
    renderPngs([...svgs.values()]),
    readClassifier(),
  ]);
  const figures = new Map<string, string | Uint8Array>();
  [...svgs].forEach(([id, svg], index) => {
    figures.set(`${id}.svg`, svg);
    if (pngs !== undefined) figures.set(`${id}.png`, pngs[index]);
  });
  const { logo } = document;
  if (logo !== undefined) figures.set(`logo.${logo.format}`, logo.bytes);
  const works = citedWorks(document);
  const files = new Map([
    [MARKDOWN_FILE, markdownDocument(document, drawings, pngs === undefined ? 'svg' : 'png')],
    ...(works.length === 0 ? [] : [[BIBLIOGRAPHY_FILE, bibtexOf(works)] as const]),
  ]);
  return { html: renderPage(document, drawings, classifier), pdf, figures, files };
}
