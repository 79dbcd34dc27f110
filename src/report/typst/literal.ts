/**
 * Text as a Typst string literal, in which markup, smart quotes and links have no effect. Control characters and surrogates
 * become U+FFFD.
 */
export function literal(text: string): string {
  const visible = text.replace(/[\t\n]/g, ' ').replace(/\p{Cc}|\p{Cs}/gu, '\ufffd');
  return `"${visible.replace(/["\\]/g, String.raw`\$&`)}"`;
}
