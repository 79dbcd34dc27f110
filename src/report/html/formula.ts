import type { Formula } from '../document.js';
import { element, textElement } from '../markup.js';

/** A formula as MathML. */
export function formulaMarkup(formula: Formula, display: 'inline' | 'block'): string {
  return element('math', { display }, node(formula));
}

function node(formula: Formula): string {
  switch (formula.type) {
    case 'symbol':
      return textElement('mi', {}, formula.text);
    case 'number':
      return textElement('mn', {}, formula.text);
    case 'operator':
      return textElement('mo', {}, formula.text);
    case 'text':
      return textElement('mi', { mathvariant: 'normal' }, formula.text);
    case 'row':
      return element('mrow', {}, ...formula.parts.map(node));
    case 'fraction':
      return element('mfrac', {}, row(formula.numerator), row(formula.denominator));
    case 'root':
      return element('msqrt', {}, node(formula.radicand));
    case 'hat':
      return element('mover', { accent: 'true' }, row(formula.base), textElement('mo', {}, '^'));
    case 'scripts':
      return scripts(formula);
  }
}

function scripts({ base, subscript, superscript }: Extract<Formula, { type: 'scripts' }>): string {
  if (subscript !== undefined && superscript !== undefined) {
    return element('msubsup', {}, row(base), row(subscript), row(superscript));
  }
  if (subscript !== undefined) return element('msub', {}, row(base), row(subscript));
  return superscript === undefined ? node(base) : element('msup', {}, row(base), row(superscript));
}

/** Wraps a formula in a single element, as MathML requires for the parts of a fraction. */
function row(formula: Formula): string {
  return formula.type === 'row' ? node(formula) : element('mrow', {}, node(formula));
}
