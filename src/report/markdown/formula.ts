import type { Formula } from '../document.js';

/** LaTeX commands of characters that are not letters of the Latin alphabet. */
const COMMANDS: Readonly<Record<string, string>> = {
  θ: String.raw`\theta`,
  η: String.raw`\eta`,
  β: String.raw`\beta`,
  γ: String.raw`\gamma`,
  ε: String.raw`\epsilon`,
  λ: String.raw`\lambda`,
  μ: String.raw`\mu`,
  π: String.raw`\pi`,
  σ: String.raw`\sigma`,
  '∑': String.raw`\sum`,
  '−': '-',
  '·': String.raw`\cdot`,
  '←': String.raw`\leftarrow`,
};

/** A formula in LaTeX, as Pandoc reads it between dollar signs. */
export function formulaTex(formula: Formula): string {
  switch (formula.type) {
    case 'symbol':
    case 'operator':
      return COMMANDS[formula.text] ?? formula.text;
    case 'number':
      return formula.text;
    case 'text':
      return String.raw`\operatorname{${formula.text}}`;
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
      return `${formulaTex(base)}${below}${above}`;
    }
  }
}
