/**
 * A text as a Typst string, in which nothing has a meaning of its own: no markup, no quotes that turn, no links. Characters
 * that no font has a picture for become one that says so.
 */
export function literal(text: string): string {
  const visible = text.replace(/[\t\n]/g, ' ').replace(/\p{Cc}|\p{Cs}/gu, '\ufffd');
  return `"${visible.replace(/["\\]/g, String.raw`\$&`)}"`;
}
