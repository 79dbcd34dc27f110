import type { Formula } from '../document.js';
import { literal } from './literal.js';

const OPENING = '([{';
const CLOSING = ')]}';

/** A formula as it stands between two dollar signs. */
export function writeFormula(formula: Formula): string {
  switch (formula.type) {
    case 'symbol':
    case 'operator':
      return escapeCharacters(formula.text);
    case 'number':
      return literal(formula.text);
    case 'text':
      return `op(${literal(formula.text)})`;
    case 'row':
      return writeRow(formula.parts);
    case 'fraction':
      return `frac(${writeFormula(formula.above)}, ${writeFormula(formula.below)})`;
    case 'root':
      return `sqrt(${writeFormula(formula.of)})`;
    case 'hat':
      return `hat(${writeFormula(formula.over)})`;
    case 'scripts':
      return writeScripts(formula);
  }
}

function writeScripts({ base, below, above }: Extract<Formula, { type: 'scripts' }>): string {
  const scripts = [
    ...(below === undefined ? [] : [`b: ${writeFormula(below)}`]),
    ...(above === undefined ? [] : [`t: ${writeFormula(above)}`]),
  ];
  return `attach(${[writeFormula(base), ...scripts].join(', ')})`;
}

/** Parts side by side; a pair of brackets grows with what is between. */
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

/** Characters by their numbers, so that a comma separates no arguments and letters in a row are no name. */
function escapeCharacters(text: string): string {
  return Array.from(text, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('');
}
