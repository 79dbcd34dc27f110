import { citedWorks } from '../bibliography/citations.js';
import type { Figure, ReportDocument, Section, Subsection } from '../document.js';
import { drawingFor, type Drawings } from '../draw/drawings.js';
import { labelsOf } from '../labels.js';
import { BIBLIOGRAPHY_FILE } from '../reportFiles.js';
import { letteredAppendices, type NumberedSection, numberedSections } from '../structure.js';
import { markdownBlock } from './blocks.js';
import { markdownText } from './text.js';

/**
 * A report in Pandoc's Markdown, which Pandoc converts to LaTeX and Word. Figures are the files in `figures`; works are in
 * `references.bib`. The text contains the numbers of sections, figures, tables, and equations, so that they are the same in every format.
 */
export function markdownDocument(
  document: ReportDocument,
  drawings: Drawings,
  extension: 'png' | 'svg',
): string {
  const labels = labelsOf(document);
  const fileOf = (figure: Figure) => ({
    path: `figures/${figure.id}.${extension}`,
    width: drawingFor(figure, drawings).width,
  });
  const heading = (level: number, number: string, { id, title }: Section | Subsection) =>
    `${'#'.repeat(level)} ${number} ${markdownText([title], labels)} {#${id}}`;
  const blocksOf = ({ blocks }: Subsection) => blocks.map((block) => markdownBlock(block, labels, fileOf));
  const sectionOf = ({ section, number }: NumberedSection) => [
    heading(1, number, section),
    ...blocksOf(section),
    ...section.subsections.flatMap((each, index) => [
      heading(2, `${number}.${index + 1}`, each),
      ...blocksOf(each),
    ]),
  ];
  const { logo, notices } = document;
  const works = citedWorks(document).length === 0 ? [] : ['# References {-}', '::: {#refs}\n:::'];
  const parts = [
    header(document, markdownText(document.abstract, labels)),
    ...(logo === undefined ? [] : [`![](figures/logo.${logo.format}){height=2.4cm}\\ `]),
    ...notices.map((notice) => `> ${markdownText(notice, labels)}`),
    ...numberedSections(document).flatMap(sectionOf),
    ...works,
    ...letteredAppendices(document).flatMap(sectionOf),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The metadata of the document in YAML. Strings in JSON are strings in YAML. */
function header(document: ReportDocument, abstract: string): string {
  const { title, authors, affiliation, course, institution, date } = document;
  const subtitle = [affiliation, course, institution].filter((part) => part !== undefined).join(' · ');
  const plain = (text: string) => JSON.stringify(markdownText([text], new Map()));
  const lines = [
    ['title', plain(title)],
    ...(subtitle === '' ? [] : [['subtitle', plain(subtitle)]]),
    ...(authors.length === 0 ? [] : [['author', `[${authors.map(plain).join(', ')}]`]]),
    ['date', plain(date)],
    ['lang', 'en'],
    ['abstract', JSON.stringify(abstract)],
    ...(citedWorks(document).length === 0 ? [] : [['bibliography', BIBLIOGRAPHY_FILE]]),
    ['link-citations', 'true'],
    // LaTeX would number sections and captions a second time.
    ['header-includes', JSON.stringify(String.raw`\usepackage[labelformat=empty]{caption}`)],
  ];
  return ['---', ...lines.map(([name, value]) => `${name}: ${value}`), '---'].join('\n');
}
