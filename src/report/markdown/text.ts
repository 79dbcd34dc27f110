import type { Inline, Text } from '../document.js';
import { labelOf, type Labels } from '../labels.js';
import { formulaTex } from './formula.js';

/**
 * What has a meaning in Pandoc's Markdown: markup, the marker of a list at the beginning, dashes, ellipses, and quotation marks, which
 * Pandoc would change.
 */
const SPECIAL = /[\\`*_[\]<>#|$@^~'"]|(?<=^\s*\w*)[.)+-]|(?<=-)-|(?<=\.\.)\./g;

/** Text without any markup, on one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
    .replace(SPECIAL, String.raw`\$&`);
}

/** Running text in Pandoc's Markdown. */
export function markdownText(text: Text, labels: Labels): string {
  return text.map((part) => markdownInline(part, labels)).join('');
}

function markdownInline(part: Inline, labels: Labels): string {
  if (typeof part === 'string') return escapeMarkdown(part);
  switch (part.type) {
    case 'strong':
      return `**${escapeMarkdown(part.text)}**`;
    case 'emphasis':
      return `*${escapeMarkdown(part.text)}*`;
    case 'code':
      return markdownCode(part.text);
    case 'formula':
      return `$${formulaTex(part.formula)}$`;
    case 'reference':
      return `[${labelOf(part.id, labels)}](#${part.id})`;
    case 'citation':
      return `[@${part.work}]`;
    case 'link':
      return /^https?:\/\//.test(part.address)
        ? `[${escapeMarkdown(part.text)}](<${encodeURI(decoded(part.address))}>)`
        : escapeMarkdown(part.text);
  }
}

/** An address may be encoded already. */
function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** Code in a line, also of a table, between more backticks than it contains. */
export function markdownCode(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  // A pipe would end a cell of a table.
  return `${fence}${pad}${line.replaceAll('|', String.raw`\|`)}${pad}${fence}`;
}
