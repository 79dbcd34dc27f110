import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeReport } from '#inkling/report/content/report.js';
import { parseFragment } from '#inkling/report/input/parseFragment.js';
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

  test.each([
    [
      '# Title',
      'report/data.md: "# Title": expected paragraphs, lists, and code between lines of ```, with emphasis, code, links, and citations, got a heading; a file is the text of one section, which has its heading already',
    ],
    ['| a |\n| - |\n| b |', 'got a table; describe it in text'],
    ['<p>a</p>', 'got HTML; write Markdown'],
    ['> a', 'got a quotation; write a paragraph'],
    ['- a\n  - b', 'got a list in a list; write one list'],
    [
      'a ![b](c.png)',
      'report/data.md: "![b](c.png)": expected text with emphasis, code, links, and citations, got an image; leave it out',
    ],
    ['a <b>c</b>', 'got HTML; leave it out'],
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
