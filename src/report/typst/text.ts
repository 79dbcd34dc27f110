import type { Inline, Text } from '../document.js';
import { writeFormula } from './formula.js';
import { literal } from './literal.js';

/** A word of code longer than this may be broken, after each so many characters. */
const UNBROKEN = 16;

/** Running text as Typst markup. */
export function writeText(text: Text): string {
  return text.map(writeInline).join('');
}

/** Expressions end in a semicolon, so that the text behind them is not taken for a part of them. */
function writeInline(inline: Inline): string {
  if (typeof inline === 'string') return `#${literal(inline)};`;
  switch (inline.type) {
    case 'strong':
      return `#strong(${literal(inline.text)});`;
    case 'code':
      return writeCode(inline.text);
    case 'formula':
      return `$${writeFormula(inline.formula)}$`;
    case 'reference':
      return `#ref(label(${literal(inline.id)}));`;
    case 'link':
      return `#link(${literal(inline.address)}, ${literal(inline.text)});`;
  }
}

/** A hash has no place to be broken at; boxes of no width give it some, and are no characters when it is copied. */
function writeCode(text: string): string {
  const pieces = text.match(new RegExp(String.raw`\S{1,${UNBROKEN}}\s*|\s+`, 'gu')) ?? [];
  return pieces.map((piece) => `#raw(${literal(piece)});`).join('#box(width: 0pt);');
}
