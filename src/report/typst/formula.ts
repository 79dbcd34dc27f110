import type { Formula } from '../document.js';
import { literal } from './literal.js';

const OPENING = '([{';
const CLOSING = ')]}';

/** A formula as Typst markup, to be placed between dollar signs. */
export function writeFormula(formula: Formula): string {
  switch (formula.type) {
    case 'symbol':
    case 'operator':
      return escapeCharacters(formula.text);
    case 'number':
      return literal(formula.text);
    case 'text':
      // Words are not the name of a function, which has spaces of its own around it.
      return formula.text.includes('\u00a0') ? literal(formula.text) : `op(${literal(formula.text)})`;
    case 'row':
      return writeRow(formula.parts);
    case 'fraction':
      return `frac(${writeFormula(formula.numerator)}, ${writeFormula(formula.denominator)})`;
    case 'root':
      return `sqrt(${writeFormula(formula.radicand)})`;
    case 'hat':
      return `hat(${writeFormula(formula.base)})`;
    case 'scripts':
      return writeScripts(formula);
  }
}

function writeScripts({ base, subscript, superscript }: Extract<Formula, { type: 'scripts' }>): string {
  const scripts = [
    ...(subscript === undefined ? [] : [`b: ${writeFormula(subscript)}`]),
    ...(superscript === undefined ? [] : [`t: ${writeFormula(superscript)}`]),
  ];
  return `attach(${[writeFormula(base), ...scripts].join(', ')})`;
}

/** Parts side by side; matching brackets grow with their content. */
function writeRow(parts: readonly Formula[]): string {
  const open: string[][] = [[]];
  for (const part of parts) {
    if (isOneOf(OPENING, part)) open.push([]);
    open[open.length - 1].push(writeFormula(part));
    if (isOneOf(CLOSING, part) && open.length > 1) {
      const pair = open.pop() ?? [];
      open[open.length - 1].push(`lr(${pair.join(' ')})`);
    }
  }
  return open.flat().join(' ');
}

function isOneOf(brackets: string, part: Formula): boolean {
  return part.type === 'operator' && part.text.length === 1 && brackets.includes(part.text);
}

/** Escapes characters by code point, so that commas do not separate arguments and adjacent letters do not form an identifier. */
function escapeCharacters(text: string): string {
  return Array.from(text, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('');
}
