import type { Block, Drawing, Figure, Table } from '../document.js';
import { writeFormula } from './formula.js';
import { literal } from './literal.js';
import { writeText } from './text.js';

/** Points to a pixel: letters of 12 pixels come out a little smaller than those of a caption. */
const POINTS_A_PIXEL = 0.62;
/** What a figure may take of a page, in points: less than the text's width and height on either paper. */
const LARGEST_FIGURE = { width: 450, height: 560 };
/** A table of more rows may be continued on the next page. */
const ROWS_TOGETHER = 15;

/** Where a figure's picture lies among the files that are typeset. */
export function pathOfFigure(id: string): string {
  return `/figures/${id}.svg`;
}

/** A block as Typst markup. */
export function writeBlock(block: Block, drawings: ReadonlyMap<string, Drawing>): string {
  switch (block.type) {
    case 'paragraph':
      return writeText(block.text);
    case 'list':
      return `#list(${block.items.map((item) => `[${writeText(item)}], `).join('')})`;
    case 'displayedFormula':
      return `$ ${writeFormula(block.formula)} $`;
    case 'table':
      return writeTable(block);
    case 'figure':
      return writeFigure(block, drawings.get(block.id));
  }
}

function writeTable({ id, caption, columns, rows }: Table): string {
  const cells = (row: readonly string[]) => row.map((cell) => `[${cell}], `).join('');
  const header = columns.map(({ title }) => `#strong(${literal(title)})`);
  return [
    `#[#show figure: set block(breakable: ${rows.length > ROWS_TOGETHER})`,
    `#figure(caption: [${writeText(caption)}], table(`,
    `  columns: ${columns.length},`,
    `  align: (${columns.map(({ align }) => `${align}, `).join('')}),`,
    `  table.hline(), table.header(${cells(header)}), table.hline(stroke: 0.5pt),`,
    ...rows.map((row) => `  ${cells(row.map(writeText))}`),
    `  table.hline(),`,
    `)) <${id}>]`,
  ].join('\n');
}

function writeFigure({ id, caption, alternative }: Figure, drawing: Drawing | undefined): string {
  if (drawing === undefined) throw new Error(`figure ${id} was not drawn`);
  const scale = Math.min(
    POINTS_A_PIXEL,
    LARGEST_FIGURE.width / drawing.width,
    LARGEST_FIGURE.height / drawing.height,
  );
  const width = `${(drawing.width * scale).toFixed(2)}pt`;
  const image = `image(${literal(pathOfFigure(id))}, width: ${width}, alt: ${literal(alternative)})`;
  return `#figure(placement: auto, caption: [${writeText(caption)}], ${image}) <${id}>`;
}
