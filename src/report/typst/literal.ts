/**
 * Text as a Typst string literal, in which markup, smart quotes and links have no effect. Control characters, surrogates,
 * and characters that reverse the text around them become U+FFFD.
 */
export function literal(text: string): string {
  const visible = text
    .replace(/[\t\n]/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
  return `"${visible.replace(/["\\]/g, String.raw`\$&`)}"`;
}

/** Lines of text as a string literal; line feeds are kept. */
export function linesLiteral(text: string): string {
  const lines = text.split('\n').map((line) => literal(line).slice(1, -1));
  return `"${lines.join(String.raw`\n`)}"`;
}
