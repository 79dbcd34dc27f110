import type { Block, DisplayedFormula, Figure, Listing, Table } from '../document.js';
import { labelOf, type Labels } from '../labels.js';
import { formulaTex } from './formula.js';
import { escapeMarkdown, markdownText } from './text.js';

/** How wide figures are, as a share of the text's width, at most. */
const CSS_PIXELS_OF_TEXT = 700;

/** The file of a figure, and its width in CSS pixels. */
export interface FigureFile {
  readonly path: string;
  readonly width: number;
}

/** A block as Pandoc's Markdown. */
export function markdownBlock(block: Block, labels: Labels, fileOf: (figure: Figure) => FigureFile): string {
  switch (block.type) {
    case 'paragraph':
      return markdownText(block.text, labels);
    case 'list':
      return block.items
        .map(
          (item, index) =>
            `${block.isOrdered === true ? `${index + 1}.` : '-'} ${markdownText(item, labels)}`,
        )
        .join('\n');
    case 'displayedFormula':
      return equation(block, labels);
    case 'listing':
      return listing(block, labels);
    case 'table':
      return table(block, labels);
    case 'figure':
      return figure(block, labels, fileOf(block));
  }
}

/** An identifier that a link leads to; Pandoc gives none to tables. */
function anchored(id: string, content: string): string {
  return `::: {#${id}}\n${content}\n:::`;
}

/** The number of an equation is part of it, since not every format that Pandoc writes numbers equations. */
function equation({ id, formula }: DisplayedFormula, labels: Labels): string {
  const number = labelOf(id, labels).replace('Equation ', '');
  return anchored(id, `$$${formulaTex(formula)} \\qquad (${number})$$`);
}

function captionOf({ id, caption }: Pick<Figure, 'id' | 'caption'>, labels: Labels): string {
  return `${labelOf(id, labels)}. ${markdownText(caption, labels)}`;
}

function listing(block: Listing, labels: Labels): string {
  const { id, language, code } = block;
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const name = { typescript: 'javascript', python: 'python', sh: 'bash', text: 'text' }[language];
  return anchored(
    id,
    `**${labelOf(id, labels)}.** ${markdownText(block.caption, labels)}\n\n${fence}${name}\n${code}\n${fence}`,
  );
}

function table(block: Table, labels: Labels): string {
  const { id, columns, rows } = block;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const cells = rows.map((row) => row.map((cell) => markdownText(cell, labels)));
  // Where a row is longer than a line, the dashes determine the widths of the columns.
  const widths = columns.map(({ title }, column) =>
    Math.min(40, Math.max(3, title.length, ...cells.map((row) => row[column].length))),
  );
  const lines = [
    line(columns.map(({ title }) => escapeMarkdown(title))),
    line(
      columns.map(({ align }, column) =>
        align === 'right' ? `${'-'.repeat(widths[column])}:` : `:${'-'.repeat(widths[column])}`,
      ),
    ),
    ...cells.map(line),
  ];
  return anchored(id, `${lines.join('\n')}\n\n: ${captionOf(block, labels)}`);
}

function figure(block: Figure, labels: Labels, { path, width }: FigureFile): string {
  const share = Math.min(100, Math.round((100 * width) / CSS_PIXELS_OF_TEXT));
  return `![${captionOf(block, labels)}](${path}){#${block.id} width=${share}%}`;
}
