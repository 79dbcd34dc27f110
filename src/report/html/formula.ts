import type { Formula } from '../document.js';
import { element, textElement } from '../markup.js';

/** A formula as MathML, which browsers draw themselves. */
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
      return element('mfrac', {}, row(formula.above), row(formula.below));
    case 'root':
      return element('msqrt', {}, node(formula.of));
    case 'hat':
      return element('mover', { accent: 'true' }, row(formula.over), textElement('mo', {}, '^'));
    case 'scripts':
      return scripts(formula);
  }
}

function scripts({ base, below, above }: Extract<Formula, { type: 'scripts' }>): string {
  if (below !== undefined && above !== undefined) {
    return element('msubsup', {}, row(base), row(below), row(above));
  }
  if (below !== undefined) return element('msub', {}, row(base), row(below));
  return above === undefined ? node(base) : element('msup', {}, row(base), row(above));
}

/** One element, as the parts of a fraction have to be. */
function row(formula: Formula): string {
  return formula.type === 'row' ? node(formula) : element('mrow', {}, node(formula));
}
