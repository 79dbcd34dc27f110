/** A Markdown table that aligns the first `left` columns left and the others right. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  left = 1,
): string {
  const alignment = header.map((_, column) => (column < left ? '---' : '--:'));
  return [header, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
