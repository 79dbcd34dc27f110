import type { Block, Drawing, Figure, Listing, Table } from '../document.js';
import { writeFormula } from './formula.js';
import { linesLiteral, literal } from './literal.js';
import { writeText } from './text.js';

/** Points per CSS pixel: the smallest text, of 10 pixels, is as large as that of listings at least. */
const POINTS_PER_PIXEL = 0.7;
/** In points; smaller than the text area of both paper sizes. */
const MAX_FIGURE = { width: 450, height: 560 };
/** Longer tables and listings may be split across pages. */
const MAX_UNBROKEN_ROWS = 30;
const MAX_UNBROKEN_LINES = 40;
/**
 * What is not split goes to the top or the bottom of a page, in its order, so that text fills the space that is too small for it.
 */
const PLACEMENT = 'auto';

/** The path of a figure's SVG file in the compiler's file system. */
export function pathOfFigure(id: string): string {
  return `/figures/${id}.svg`;
}

/**
 * A block as Typst markup.
 *
 * @param isFloating whether a table may move to the top or the bottom of a page
 */
export function writeBlock(block: Block, drawings: ReadonlyMap<string, Drawing>, isFloating = true): string {
  switch (block.type) {
    case 'paragraph':
      return writeText(block.text);
    case 'list':
      return `#${block.isOrdered === true ? 'enum' : 'list'}(${block.items.map((item) => `[${writeText(item)}], `).join('')})`;
    case 'displayedFormula':
      return `$ ${writeFormula(block.formula)} $ <${block.id}>`;
    case 'listing':
      return writeListing(block);
    case 'table':
      return writeTable(block, isFloating);
    case 'figure':
      return writeFigure(block, drawings.get(block.id));
  }
}

const LANGUAGES = { typescript: 'ts', python: 'python', sh: 'sh', text: 'text' } as const;

function writeListing({ id, caption, language, code }: Listing): string {
  const lines = `raw(block: true, lang: "${LANGUAGES[language]}", ${linesLiteral(code)})`;
  const isBreakable = code.split('\n').length > MAX_UNBROKEN_LINES;
  return `#[#show figure: set block(breakable: ${isBreakable})\n#figure(placement: ${isBreakable ? 'none' : PLACEMENT}, kind: raw, supplement: "Listing", caption: [${writeText(caption)}], ${lines}) <${id}>]`;
}

function writeTable({ id, caption, columns, rows }: Table, isFloating: boolean): string {
  const cells = (row: readonly string[]) => row.map((cell) => `[${cell}], `).join('');
  const isBreakable = rows.length > MAX_UNBROKEN_ROWS;
  const header = columns.map(({ title }) => `#strong(${literal(title)})`);
  return [
    `#[#show figure: set block(breakable: ${isBreakable})`,
    `#figure(placement: ${isFloating && !isBreakable ? PLACEMENT : 'none'}, caption: [${writeText(caption)}], table(`,
    `  columns: ${columns.length},`,
    `  align: (${columns.map(({ align }) => `${align} + top, `).join('')}),`,
    `  table.hline(), table.header(${cells(header)}), table.hline(stroke: 0.5pt),`,
    ...rows.map((row) => `  ${cells(row.map(writeText))}`),
    `  table.hline(),`,
    `)) <${id}>]`,
  ].join('\n');
}

function writeFigure({ id, caption, altText }: Figure, drawing: Drawing | undefined): string {
  if (drawing === undefined) throw new Error(`no drawing of figure ${id}`);
  const scale = Math.min(
    POINTS_PER_PIXEL,
    MAX_FIGURE.width / drawing.width,
    MAX_FIGURE.height / drawing.height,
  );
  const width = `${(drawing.width * scale).toFixed(2)}pt`;
  const image = `image(${literal(pathOfFigure(id))}, width: ${width}, alt: ${literal(altText)})`;
  return `#figure(placement: ${PLACEMENT}, caption: [${writeText(caption)}], ${image}) <${id}>`;
}
