import { Marked, type Token } from '../../vendor/markdown.js';

/** As Pandoc finds formulas: no space after the first dollar sign or before the last, and no digit after it. Code has none. */
const INLINE = /^\$(?![\s$])((?:[^$\\`]|\\[^])*?(?:[^\s$\\`]|\\\S))\$(?!\d)/;
const DISPLAYED = /^\$\$((?:[^$\\]|\\[^])+)\$\$/;

const formulas = (name: 'math' | 'displayMath', pattern: RegExp) => ({
  name,
  level: 'inline' as const,
  start: (source: string) => source.indexOf('$'),
  tokenizer(source: string) {
    const found = pattern.exec(source);
    return found === null ? undefined : { type: name, raw: found[0], text: found[1].trim() };
  },
});

const marked = new Marked({ extensions: [formulas('math', INLINE), formulas('displayMath', DISPLAYED)] });

/** The parts of a Markdown text, with formulas between dollar signs: `math` and `displayMath`. */
export function lexFragment(markdown: string): Token[] {
  return marked.lexer(markdown);
}
