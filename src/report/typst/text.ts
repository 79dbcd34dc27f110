import { idOfWork } from '../bibliography/citations.js';
import type { Inline, Text } from '../document.js';
import { writeFormula } from './formula.js';
import { literal } from './literal.js';

/** Longer words of code may be broken after every so many characters. */
const MAX_UNBROKEN_CHARACTERS = 16;

/** Running text as Typst markup. */
export function writeText(text: Text): string {
  return text.map(writeInline).join('');
}

/** Expressions end with a semicolon, so that the following text is not parsed as part of them. */
function writeInline(inline: Inline): string {
  if (typeof inline === 'string') return `#${literal(inline)};`;
  switch (inline.type) {
    case 'strong':
      return `#strong(${literal(inline.text)});`;
    case 'emphasis':
      return `#emph(${literal(inline.text)});`;
    case 'code':
      return writeCode(inline.text);
    case 'formula':
      return `$${writeFormula(inline.formula)}$`;
    case 'reference':
      return `#ref(label(${literal(inline.id)}));`;
    case 'citation':
      return `#work(${literal(idOfWork(inline.work))});`;
    case 'link':
      return `#link(${literal(inline.address)}, ${literal(inline.text)});`;
  }
}

/** Zero-width boxes allow line breaks in long words such as hashes and, unlike characters, are not copied with the text. */
function writeCode(text: string): string {
  const pieces = text.match(new RegExp(String.raw`\S{1,${MAX_UNBROKEN_CHARACTERS}}\s*|\s+`, 'gu')) ?? [];
  return pieces.map((piece) => `#raw(${literal(piece)});`).join('#box(width: 0pt);');
}
