import type { Drawing, Formula, ReportDocument } from '#inkling/report/document.js';

/** Everything that has a special meaning in Typst or PDF. */
export const NASTY = String.raw`#let $x$ *b* _i_ @ref <label> "double" 'single' \back\\slash [in] {code} // no comment /* none */ ${'`raw`'} ~ -- ... https://example.org/a_b #"x";`;

const symbol = (text: string): Formula => ({ type: 'symbol', text });
const operator = (text: string): Formula => ({ type: 'operator', text });
const row = (...parts: Formula[]): Formula => ({ type: 'row', parts });

/** One of each kind of formula. */
export const FORMULA: Formula = row(
  { type: 'scripts', base: symbol('θ'), subscript: symbol('t') },
  operator('='),
  {
    type: 'fraction',
    numerator: { type: 'hat', base: symbol('m') },
    denominator: { type: 'root', radicand: symbol('v') },
  },
  operator('−'),
  {
    type: 'scripts',
    base: operator('∑'),
    subscript: row(symbol('i'), operator('='), { type: 'number', text: '1' }),
    superscript: symbol('n'),
  },
  { type: 'text', text: 'log' },
  operator('('),
  { type: 'fraction', numerator: symbol('a'), denominator: row(symbol('b'), operator(','), symbol('c')) },
  operator(')'),
  operator('+'),
  { type: 'number', text: '0.999' },
);

/** A drawing with text and colors of the palette. */
export function drawing(width: number, height: number): Drawing {
  const text = '<text x="10" y="40" font-size="20" fill="var(--text)">Lettered</text>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif"><rect width="${width}" height="${height}" fill="var(--blue)"/>${text}</svg>`;
  return { svg, width, height };
}

export const drawings = new Map([
  ['tall', drawing(200, 4000)],
  ['wide', drawing(4000, 100)],
]);

const graphic = { type: 'drawing', drawing: drawing(1, 1) } as const;

/** A document with one of each element, each containing special characters. */
export const small: ReportDocument = {
  title: `Title ${NASTY}`,
  authors: [`Author ${NASTY}`],
  affiliation: `Affiliation ${NASTY}`,
  course: `Course ${NASTY}`,
  institution: `Institution ${NASTY}`,
  logo: undefined,
  hasTitlePage: false,
  date: '2025-06-24',
  metadata: [
    { label: `Label ${NASTY}`, value: [`Value ${NASTY}`] },
    { label: 'SHA-256', value: [{ type: 'code', text: '0123456789abcdef'.repeat(4) }] },
  ],
  notices: [[{ type: 'strong', text: `Notice ${NASTY}` }]],
  abstract: [`Abstract ${NASTY}`],
  sections: [
    {
      id: 'first',
      title: `Section ${NASTY}`,
      blocks: [
        {
          type: 'paragraph',
          text: [
            'See ',
            { type: 'reference', id: 'tall' },
            ', ',
            { type: 'reference', id: 'numbers' },
            ' and ',
            { type: 'reference', id: 'deeper' },
            `, ${NASTY}, `,
            { type: 'code', text: `code ${NASTY}` },
            ', ',
            { type: 'formula', formula: FORMULA },
            ', ',
            { type: 'reference', id: 'formula' },
            ', ',
            { type: 'emphasis', text: `emphasis ${NASTY}` },
            ', ',
            { type: 'citation', work: 'kingma2015adam' },
            ', ',
            { type: 'link', address: `https://example.org/${NASTY}`, text: `link ${NASTY}` },
            '.',
          ],
        },
        { type: 'displayedFormula', id: 'formula', formula: FORMULA },
        { type: 'list', items: [['one item'], [NASTY]] },
        {
          type: 'listing',
          id: 'program',
          caption: [`Program ${NASTY}`],
          language: 'python',
          code: `if x:\n    ${NASTY}`,
        },
        {
          type: 'figure',
          id: 'tall',
          caption: [`Tall ${NASTY}`],
          altText: `What it shows ${NASTY}`,
          graphic,
        },
      ],
      subsections: [
        {
          id: 'deeper',
          title: 'Deeper',
          blocks: [
            {
              type: 'table',
              id: 'numbers',
              caption: [`Numbers ${NASTY}`],
              columns: [
                { title: `Name ${NASTY}`, align: 'left' },
                { title: 'Number', align: 'right' },
              ],
              rows: [
                [[NASTY], ['1.50']],
                [[{ type: 'code', text: NASTY }], ['22.75']],
              ],
            },
            { type: 'figure', id: 'wide', caption: ['Wide'], altText: 'Nothing', graphic },
          ],
        },
      ],
    },
  ],
  appendices: [
    {
      id: 'appendix',
      title: `Appendix ${NASTY}`,
      blocks: [{ type: 'list', isOrdered: true, items: [['one'], ['two']] }],
      subsections: [{ id: 'appended', title: 'Appended', blocks: [] }],
    },
  ],
};
