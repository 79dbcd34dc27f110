import type { Drawing, ReportDocument, Section, Subsection } from '../document.js';
import { FIGURE_FONT } from '../draw/svg.js';
import { light, paint } from '../palette.js';
import type { PaperSize } from '../frontMatter.js';
import { pathOfFigure, writeBlock } from './blocks.js';
import type { Typesetter } from './compiler.js';
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
  const files = [...drawings].map(([id, { svg }]) => [pathOfFigure(id), svgFile(svg)] as const);
  return typeset(writeReport(document, drawings, paper), new Map(files));
}

/** A report as Typst markup. */
export function writeReport(
  document: ReportDocument,
  drawings: ReadonlyMap<string, Drawing>,
  paper: PaperSize,
): string {
  const title = literal(document.title);
  return [
    `#set document(title: ${title}, author: (${document.author === undefined ? '' : `${literal(document.author)},`}), date: none)`,
    `#set page(paper: ${literal(typstSizes[paper])})`,
    STYLE,
    writeHead(document),
    ...document.notices.map((notice) => `#notice[${writeText(notice)}]`),
    `#abstract[${writeText(document.abstract)}]`,
    ...document.sections.flatMap((section) => writeSection(section, drawings)),
  ].join('\n\n');
}

function writeHead({ title, author, affiliation, date, metadata }: ReportDocument): string {
  const byline = [author, affiliation, date].filter((line) => line !== undefined);
  const cells = metadata.map(({ label, value }) => `[#${literal(label)};], [${writeText(value)}], `);
  return `#head(${literal(title)}, (${byline.map((line) => `${literal(line)}, `).join('')}), (${cells.join('')}))`;
}

function writeSection(section: Section, drawings: ReadonlyMap<string, Drawing>): string[] {
  const write = ({ id, title, blocks }: Subsection, level: number) => [
    `#heading(level: ${level}, ${literal(title)}) <${id}>`,
    ...blocks.map((block) => writeBlock(block, drawings)),
  ];
  return [...write(section, 1), ...section.subsections.flatMap((subsection) => write(subsection, 2))];
}

/** The contents of an SVG file with the light palette and a font that the compiler has. */
function svgFile(svg: string): Uint8Array {
  const withFont = svg.replaceAll('font-family="sans-serif"', `font-family="${FIGURE_FONT}"`);
  return new TextEncoder().encode(paint(withFont, light));
}
