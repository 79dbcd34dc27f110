import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeReport } from '#inkling/report/content/report.js';
import type { Formula } from '#inkling/report/document.js';
import { parseFragment } from '#inkling/report/input/parseFragment.js';
import { writeFormula } from '#inkling/report/typst/formula.js';
import { parseMath } from '#inkling/report/input/parseMath.js';
import { formulaMarkup } from '#inkling/report/html/formula.js';
import { formulaTex } from '#inkling/report/markdown/formula.js';
import { readInput } from '#inkling/report/input/readInput.js';
import { trainForReport } from '../../helpers/reportRuns.js';
import { sharedFolder } from '../../helpers/run.js';

const runs = trainForReport();
const parse = (markdown: string) => parseFragment(markdown, 'report/data.md', 'data');

describe('the text of a user', () => {
  test('is a part of Markdown', () => {
    const markdown = [
      'A *b* & **c _d_** `e` \\*f\\* [g](https://example.org)',
      'h [](#loss) [@kingma2015adam].',
      '',
      '1. one',
      '2. two < *three*',
      '',
      '```python How to *add*.',
      'a + b',
      '```',
    ].join('\n');
    expect(parse(markdown)).toEqual([
      {
        type: 'paragraph',
        text: [
          ...['A ', { type: 'emphasis', text: 'b' }, ' & ', { type: 'strong', text: 'c d' }, ' '],
          ...[{ type: 'code', text: 'e' }, ' ', '*', 'f', '*', ' '],
          { type: 'link', address: 'https://example.org', text: 'g' },
          ...[
            ' h ',
            { type: 'reference', id: 'loss' },
            ' ',
            { type: 'citation', work: 'kingma2015adam' },
            '.',
          ],
        ],
      },
      {
        type: 'list',
        isOrdered: true,
        items: [['one'], ['two < ', { type: 'emphasis', text: 'three' }]],
      },
      { type: 'listing', id: 'data-code-1', language: 'python', code: 'a + b', caption: ['How to *add*.'] },
    ]);
  });

  test('has formulas between dollar signs, where Pandoc sees them', () => {
    const x: Formula = { type: 'symbol', text: 'x' };
    expect(parse(String.raw`$x$, \$y$ and $5 or $6, ${'`$x$`'}`)).toEqual([
      {
        type: 'paragraph',
        text: [
          { type: 'formula', formula: x },
          ...[', ', '$', 'y$ and $5 or $6, ', { type: 'code', text: '$x$' }],
        ],
      },
    ]);
    const displayed = parse(String.raw`Then $$\hat{x}_i^{2} = -\frac{1}{2}$$ and $$x*x*x$$`);
    expect(displayed).toMatchObject([
      { type: 'paragraph', text: ['Then '] },
      { type: 'displayedFormula', id: 'data-equation-1' },
      { type: 'paragraph', text: [' and '] },
      { type: 'displayedFormula', id: 'data-equation-2' },
    ]);
    const [, first] = displayed;
    if (first.type !== 'displayedFormula') throw new Error('no formula');
    expect(first.formula).toEqual({
      type: 'row',
      parts: [
        {
          type: 'scripts',
          base: { type: 'hat', base: x },
          subscript: { type: 'symbol', text: 'i' },
          superscript: { type: 'number', text: '2' },
        },
        { type: 'operator', text: '=' },
        { type: 'operator', text: '−' },
        {
          type: 'fraction',
          numerator: { type: 'number', text: '1' },
          denominator: { type: 'number', text: '2' },
        },
      ],
    });
  });

  test('takes the first digit of a number as an argument, as LaTeX does', () => {
    expect(parseMath(String.raw`\frac12 x`, 'a.md')).toEqual(parseMath(String.raw`\frac{1}{2} x`, 'a.md'));
    expect(parseMath('x^10', 'a.md')).toEqual(parseMath('x^{1} 0', 'a.md'));
  });

  test('reads primes, missing brackets, and spaces in words as LaTeX does', () => {
    const math = (tex: string) => parseMath(tex, 'a.md');
    expect(math("f''(x)")).toEqual(math(String.raw`f^{\prime\prime}(x)`));
    expect(math("f'^2_i")).toEqual(math(String.raw`f^{\prime 2}_i`));
    expect(math(String.raw`\left. x \right|_0 + \left(y\right.`)).toEqual(math('x |_0 + (y'));
    expect(math(String.raw`\text{two  words}`)).toEqual({ type: 'text', text: 'two\u00a0words' });
    expect(math(String.raw`\mathrm{a b}`)).toEqual({ type: 'text', text: 'ab' });
    expect(formulaMarkup(math(String.raw`\text{ if }`), 'inline')).toContain('>\u00a0if\u00a0<');
    expect(writeFormula(math(String.raw`\text{ if }`))).toBe('"\u00a0if\u00a0"');
  });

  test.each([
    String.raw`\sigma(z)_{k} = \frac{\exp z_{k}}{\sum_{j=1}^{n} \exp z_{j}}`,
    String.raw`{a + b}^{2} \leq \sqrt{x} \cdot 0.5`,
    String.raw`\{ x \in X \}, 5 \%`,
    String.raw`\operatorname{ReLU} ( x ) = \max ( 0, x )`,
    String.raw`f^{\prime \prime} = 0 \text{ if } x < 0`,
  ])('writes the formula %s as it was', (tex) => {
    const written = formulaTex(parseMath(tex, 'a.md'));
    const plain = (text: string) =>
      text
        .replaceAll(/\\operatorname\{(exp|max)\}/g, String.raw`\$1`)
        .replace(/\\leq?\b/g, '≤')
        .replace(/\s/g, '');
    expect(plain(written)).toBe(plain(tex));
    expect(parseMath(written, 'a.md')).toEqual(parseMath(tex, 'a.md'));
  });

  test.each([
    [
      String.raw`\foo`,
      String.raw`expected a command that reports know, got \foo; correct the formula, or write \$ for a dollar sign`,
    ],
    ['{x', 'expected "}", got the end'],
    ['x}', 'expected a symbol, got "}"'],
    ['x_', 'expected a symbol or "{" after "_", got the end'],
    ['x^a^b', 'expected one "^" after a symbol, got two'],
    ["x^2'", 'expected one "^" after a symbol, got two'],
    [String.raw`\frac{1}`, String.raw`expected a symbol or "{" after "\frac", got the end`],
    [String.raw`\text x`, String.raw`expected letters in braces after "\text", got x`],
    ['{}', 'expected a formula, got none'],
    ['a & b', 'expected a symbol, got "&"'],
    ['{'.repeat(100), 'expected at most 30 parts within each other, got more'],
  ])('the formula %j is an error', (tex, expected) => {
    expect(() => parse(`Text $${tex}$.`)).toThrow(`report/data.md: "$${tex}$": ${expected}`);
  });

  test.each([
    [
      '# Title',
      'report/data.md: "# Title": expected paragraphs, lists, and code between lines of ```, with emphasis, code, formulas, links, and citations, got a heading; a file is the text of one section, which has its heading already',
    ],
    ['| a |\n| - |\n| b |', 'got a table; describe it in text'],
    ['<p>a</p>', 'got HTML; write Markdown'],
    ['> a', 'got a quotation; write a paragraph'],
    ['- a\n  - b', 'got a list in a list; write one list'],
    [
      'a ![b](c.png)',
      'report/data.md: "![b](c.png)": expected text with emphasis, code, formulas, links, and citations, got an image; leave it out',
    ],
    ['a <b>c</b>', 'got HTML; leave it out'],
    ['- $$x$$', 'got a displayed formula; write it in a paragraph, or between single dollar signs'],
    [
      '[a](javascript:b)',
      'expected a link to http://…, https://…, or, in the report, #id, got "javascript:b"; correct the address',
    ],
    [
      '[@kingma2015]',
      'report/data.md: "[@kingma2015]": unknown work "kingma2015" (did you mean "kingma2015adam"?)',
    ],
  ])('%j is an error', (markdown, expected) => {
    expect(() => parse(markdown)).toThrow(expected);
  });
});

describe('files in the folder of a run', () => {
  const root = sharedFolder();
  const folderWith = (name: string, files: Record<string, string>) => {
    mkdirSync(join(root, name, 'report'), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(root, name, 'report', file), text);
    return join(root, name);
  };

  test('are added to the abstract and the sections, and never written', () => {
    const { cnn } = runs();
    const files = {
      'abstract.md': 'My abstract.',
      'introduction.md': 'My *own* words [](#loss).',
      'notes.txt': '# x',
    };
    const folder = folderWith('added', files);
    const { abstract, sections } = makeReport([cnn], readInput(folder, {}));
    expect(abstract.slice(0, 2)).toEqual(['My abstract.', ' ']);
    expect(sections[0].blocks).toEqual([
      {
        type: 'paragraph',
        text: ['My ', { type: 'emphasis', text: 'own' }, ' words ', { type: 'reference', id: 'loss' }, '.'],
      },
    ]);
    for (const [file, text] of Object.entries(files)) {
      expect(readFileSync(join(folder, 'report', file), 'utf8')).toBe(text);
    }
  });

  test.each([
    [
      'comparison.md',
      'x',
      'report/comparison.md: expected the name of a section of this report, abstract, introduction, data, model,',
    ],
    [
      'data.md',
      '[](#los)',
      'report: expected a link to an element of the report, got #los; correct it in the files of the folder "report" to one of introduction,',
    ],
    ['abstract.md', '- x', 'report/abstract.md: expected paragraphs, got a list; write it as text'],
  ])('%s with %j is an error', (file, text, expected) => {
    const folder = folderWith(file, { [file]: text });
    expect(() => makeReport([runs().cnn], readInput(folder, {}))).toThrow(expected);
  });
});
