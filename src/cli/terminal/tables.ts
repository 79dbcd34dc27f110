import { visible } from '../../core/untrusted.js';

export type Alignment = 'left' | 'right';

/** The cells of a table, header first. All rows have the same length. */
export type Rows = readonly (readonly string[])[];

/** Separates two columns of a table. */
export const GAP = '  ';

/**
 * Formats a table; each column is as wide as its widest cell. Cells are escaped, which affects their widths.
 *
 * @param alignments one for each column
 */
export function formatTable(untrusted: Rows, alignments: readonly Alignment[]): string[] {
  const rows = untrusted.map((row) => row.map(visible));
  const widths = alignments.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        alignments[column] === 'left' ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
      )
      .join(GAP)
      .trimEnd(),
  );
}

/** Wraps text to lines of at most `width` characters, between words if possible. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  return [...lines, line];
}

/** Frames paragraphs in a box that is `width` characters wide. */
export function frame(paragraphs: readonly string[], width: number): string[] {
  const inner = width - 4;
  const lines = paragraphs.flatMap((paragraph) => wrap(paragraph, inner));
  return [
    `┌${'─'.repeat(inner + 2)}┐`,
    ...lines.map((line) => `│ ${line.padEnd(inner)} │`),
    `└${'─'.repeat(inner + 2)}┘`,
  ];
}
