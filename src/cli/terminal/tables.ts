export type Alignment = 'left' | 'right';

/** Cells of a table, the header first. All rows have as many. */
export type Rows = readonly (readonly string[])[];

/** Between two columns of a table. */
export const GAP = '  ';

/**
 * The lines of a table, columns as wide as their widest cell.
 *
 * @param alignments one for each column
 */
export function formatTable(rows: Rows, alignments: readonly Alignment[]): string[] {
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

/** Cuts text into lines of at most `width` characters, between words where it can. */
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

/** Text in a frame `width` characters wide, one paragraph below the other. */
export function frame(paragraphs: readonly string[], width: number): string[] {
  const inner = width - 4;
  const lines = paragraphs.flatMap((paragraph) => wrap(paragraph, inner));
  return [
    `┌${'─'.repeat(inner + 2)}┐`,
    ...lines.map((line) => `│ ${line.padEnd(inner)} │`),
    `└${'─'.repeat(inner + 2)}┘`,
  ];
}
