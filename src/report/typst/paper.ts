import type { Drawing, ReportDocument, Section, Subsection } from '../document.js';
import { FIGURE_FONT } from '../fonts.js';
import { light, paint } from '../palette.js';
import { pathOfFigure, writeBlock } from './blocks.js';
import type { Typesetter } from './compiler.js';
import { literal } from './literal.js';
import { STYLE } from './style.js';
import { writeText } from './text.js';

/** Sizes of paper, as Typst calls them. */
const sizes = { a4: 'a4', letter: 'us-letter' } as const;

export type Paper = keyof typeof sizes;
export const papers: readonly Paper[] = ['a4', 'letter'];

/**
 * A report as the bytes of a PDF file.
 *
 * @param drawings of each figure, by its id
 */
export function typesetReport(
  typeset: Typesetter,
  document: ReportDocument,
  drawings: ReadonlyMap<string, Drawing>,
  paper: Paper,
): Uint8Array {
  const pictures = [...drawings].map(([id, { svg }]) => [pathOfFigure(id), pictureOf(svg)] as const);
  return typeset(writeReport(document, drawings, paper), new Map(pictures));
}

/** A report as Typst markup. */
export function writeReport(
  document: ReportDocument,
  drawings: ReadonlyMap<string, Drawing>,
  paper: Paper,
): string {
  const title = literal(document.title);
  return [
    `#set document(title: ${title}, author: (${document.author === undefined ? '' : `${literal(document.author)},`}), date: none)`,
    `#set page(paper: ${literal(sizes[paper])})`,
    STYLE,
    writeHead(document),
    ...document.notices.map((notice) => `#notice[${writeText(notice)}]`),
    `#abstract[${writeText(document.abstract)}]`,
    ...document.sections.flatMap((section) => writeSection(section, drawings)),
  ].join('\n\n');
}

function writeHead({ title, author, affiliation, date, facts }: ReportDocument): string {
  const byline = [author, affiliation, date].filter((line) => line !== undefined);
  const cells = facts.map(({ label, value }) => `[#${literal(label)};], [${writeText(value)}], `);
  return `#head(${literal(title)}, (${byline.map((line) => `${literal(line)}, `).join('')}), (${cells.join('')}))`;
}

function writeSection(section: Section, drawings: ReadonlyMap<string, Drawing>): string[] {
  const write = ({ id, title, blocks }: Subsection, level: number) => [
    `#heading(level: ${level}, ${literal(title)}) <${id}>`,
    ...blocks.map((block) => writeBlock(block, drawings)),
  ];
  return [...write(section, 1), ...section.subsections.flatMap((subsection) => write(subsection, 2))];
}

/** A drawing on white paper, lettered in a font that is there. */
function pictureOf(svg: string): Uint8Array {
  const lettered = svg.replaceAll('font-family="sans-serif"', `font-family="${FIGURE_FONT}"`);
  return new TextEncoder().encode(paint(lettered, light));
}
