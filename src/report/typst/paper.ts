import { citedWorks, idOfWork } from '../bibliography/citations.js';
import { entryOf } from '../bibliography/entry.js';
import type { Drawing, ReportDocument, Section, Subsection } from '../document.js';
import { FIGURE_FONT } from '../draw/svg.js';
import { light, paint } from '../palette.js';
import type { PaperSize } from '../input/frontMatter.js';
import { pathOfFigure, writeBlock } from './blocks.js';
import type { Typesetter } from './compiler.js';
import { pathOfLogo, writeHead } from './head.js';
import { literal } from './literal.js';
import { STYLE } from './style.js';
import { writeText } from './text.js';

/** Paper sizes and their names in Typst. */
const typstSizes = { a4: 'a4', letter: 'us-letter' } as const satisfies Record<PaperSize, string>;

/**
 * Renders a report as the contents of a PDF file.
 *
 * @param drawings the drawing of each figure, by id
 */
export function typesetReport(
  typeset: Typesetter,
  document: ReportDocument,
  drawings: ReadonlyMap<string, Drawing>,
  paper: PaperSize,
): Uint8Array {
  const { logo } = document;
  const files = new Map([...drawings].map(([id, { svg }]) => [pathOfFigure(id), svgFile(svg)] as const));
  if (logo !== undefined) files.set(pathOfLogo(logo), logo.bytes);
  return typeset(writeReport(document, drawings, paper), files);
}

/** A report as Typst markup. */
export function writeReport(
  document: ReportDocument,
  drawings: ReadonlyMap<string, Drawing>,
  paper: PaperSize,
): string {
  const { title, authors, sections, appendices } = document;
  return [
    `#set document(title: ${literal(title)}, author: (${authors.map((author) => `${literal(author)},`).join('')}), date: none)`,
    `#set page(paper: ${literal(typstSizes[paper])})`,
    STYLE,
    writeWorkNumbers(document),
    ...writeHead(document),
    // What ends the text would otherwise move among the references.
    ...sections.flatMap((section, index) => writeSection(section, drawings, index < sections.length - 1)),
    ...writeReferences(document),
    ...(appendices.length === 0 ? [] : ['#place.flush()', '#show: appendix']),
    ...appendices.flatMap((section) => writeSection(section, drawings, true)),
  ].join('\n\n');
}

/** A function that renders a citation. */
function writeWorkNumbers(document: ReportDocument): string {
  const numbers = citedWorks(document).map((work, index) => `${literal(idOfWork(work))}: "[${index + 1}]", `);
  return `#let work(id) = link(label(id), (${numbers.length === 0 ? ':' : numbers.join('')}).at(id))`;
}

/** What the report shows does not move beyond the references and the appendices. */
function writeReferences(document: ReportDocument): string[] {
  const works = citedWorks(document);
  if (works.length === 0) return [];
  const entries = works.map(
    (work) =>
      `[#work(${literal(idOfWork(work))})], [${writeText(entryOf(work))} #metadata(none) <${idOfWork(work)}>], `,
  );
  return [
    '#place.flush()',
    '#heading(numbering: none, "References")',
    `#references(${entries.join('\n  ')})`,
  ];
}

function writeSection(
  section: Section,
  drawings: ReadonlyMap<string, Drawing>,
  isFloating: boolean,
): string[] {
  const write = ({ id, title, blocks }: Subsection, level: number) => [
    `#heading(level: ${level}, ${literal(title)}) <${id}>`,
    ...blocks.map((block) => writeBlock(block, drawings, isFloating)),
  ];
  return [...write(section, 1), ...section.subsections.flatMap((subsection) => write(subsection, 2))];
}

/** The contents of an SVG file with the light palette and a font that the compiler has. */
function svgFile(svg: string): Uint8Array {
  const withFont = svg.replaceAll('font-family="sans-serif"', `font-family="${FIGURE_FONT}"`);
  return new TextEncoder().encode(paint(withFont, light));
}
