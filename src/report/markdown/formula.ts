import type { Formula } from '../document.js';
import { texOf } from './texSymbols.js';

/** A formula in LaTeX, as Pandoc reads it between dollar signs. */
export function formulaTex(formula: Formula): string {
  switch (formula.type) {
    case 'symbol':
    case 'operator':
      return texOf(formula.text);
    case 'number':
      return formula.text;
    case 'text':
      return formula.text.includes('\u00a0')
        ? String.raw`\text{${formula.text.replaceAll('\u00a0', ' ')}}`
        : String.raw`\operatorname{${formula.text}}`;
    case 'row':
      return formula.parts.map(formulaTex).join(' ');
    case 'fraction':
      return String.raw`\frac{${formulaTex(formula.numerator)}}{${formulaTex(formula.denominator)}}`;
    case 'root':
      return String.raw`\sqrt{${formulaTex(formula.radicand)}}`;
    case 'hat':
      return String.raw`\hat{${formulaTex(formula.base)}}`;
    case 'scripts': {
      const { base, subscript, superscript } = formula;
      const below = subscript === undefined ? '' : `_{${formulaTex(subscript)}}`;
      const above = superscript === undefined ? '' : `^{${formulaTex(superscript)}}`;
      const tex = formulaTex(base);
      return `${base.type === 'row' || base.type === 'scripts' ? `{${tex}}` : tex}${below}${above}`;
    }
  }
}
